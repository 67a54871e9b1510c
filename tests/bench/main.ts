import { readCommandLine, refuse } from '@beyond-headers/local-process/command-line';

interface Benchmark {
  run(options: { parts: string[]; numbers: boolean }): Promise<void>;
}

const BENCHMARKS: Record<string, () => Promise<Benchmark>> = {
  propagation: () => import('./propagation.ts'),
  span: () => import('./span.ts'),
  job: () => import('./job.ts'),
  queue: () => import('./queue.ts'),
  latency: () => import('./latency.ts'),
  lint: () => import('./lint.ts'),
  scale: () => import('./scale.ts'),
  costly: () => import('./costly.ts'),
};

const USAGE = `npm run bench -- NAME

Runs one benchmark: ${Object.keys(BENCHMARKS).join(', ')}.

  queue [part ...]   only these parts of it
  queue peers        beside BullMQ, graphile-worker, and an earlier build; needs Redis and PostgreSQL
  latency            from an insert to its handler, beside graphile-worker; needs PostgreSQL
  queue --numbers    all of it and the long run of kills, written into docs/reference/numbers.md
  lint --numbers     also writes its ratios there
  job --numbers      the same
  scale --numbers    the same
  costly part ...    what takes minutes and is run by hand; --numbers as above`;

const { values, positionals } = readCommandLine({
  usage: USAGE,
  names: 'any',
  options: { numbers: { type: 'boolean', default: false } },
});
const [name = '', ...parts] = positionals;
const load = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
if (!load) {
  const expected = Object.keys(BENCHMARKS).join(', ');
  refuse(`Unknown name ${JSON.stringify(name)}. Expected one of: ${expected}.`, USAGE);
}
const takesMore =
  ['queue', 'costly'].includes(name) || (['job', 'lint', 'scale'].includes(name) && parts.length === 0);
if (!takesMore && (values.numbers || parts.length > 0)) {
  refuse(`${name} takes nothing more, got ${positionals.slice(1).join(' ') || '--numbers'}.`, USAGE);
}
await (await load()).run({ parts, numbers: values.numbers });
