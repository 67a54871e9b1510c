import { readCommandLine, refuse } from '@beyond-headers/local-process/command-line';

interface Benchmark {
  /** The parts that can be named on the command line. */
  PARTS?: Record<string, unknown>;
  run(options: { parts: string[]; numbers: boolean; rounds?: number | undefined }): Promise<void>;
}

const BENCHMARKS: Record<string, () => Promise<Benchmark>> = {
  propagation: () => import('./propagation.ts'),
  span: () => import('./span.ts'),
  job: () => import('./job.ts'),
  queue: () => import('./queue.ts'),
  latency: async () => ({
    run: async () => (await import('./queue.ts')).run({ parts: ['latency'], numbers: false }),
  }),
  lint: () => import('./lint.ts'),
  scale: () => import('./scale.ts'),
  costly: () => import('./costly.ts'),
};

const WRITES_NUMBERS = new Set(['queue', 'job', 'lint', 'scale', 'costly']);

const USAGE = `npm run bench -- NAME

Runs one benchmark:

  propagation          measures inject and extract of five carriers, compared with OpenTelemetry's own functions
  span                 measures a span around work, compared with OpenTelemetry's own function
  job                  measures what tracing costs a Job at its start and exit, in memory, and when it is created
  queue [part ...]     measures the queue, compared with other queues; with names of parts, only these parts.
                       The comparison of the part peers needs Redis and PostgreSQL
  latency              measures only the part latency of queue: the time from an insert to the handler;
                       the comparison needs PostgreSQL
  lint                 measures traces lint on a million spans
  scale                measures more pollers, more waiting orders, and more members of MongoDB
  costly part ...      measures parts that take minutes each, and that CI doesn't run. The part tests compares the
                       time of npm test with an earlier build

  --numbers            also writes the results into docs/reference/numbers.md; only for queue, job, lint, scale, and costly.
                       For queue without names of parts, this includes a long run in which pollers are killed
  --rounds N           runs npm test of each build N times instead of 2; only for costly tests

Most benchmarks end with exit code 1 if a result is worse than its limit.`;

const { values, positionals } = readCommandLine({
  usage: USAGE,
  names: 'any',
  options: { numbers: { type: 'boolean', default: false }, rounds: { type: 'string' } },
});
const [name = '', ...parts] = positionals;
const load = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
if (!load) {
  const expected = Object.keys(BENCHMARKS).join(', ');
  refuse(`Unknown name ${JSON.stringify(name)}. Expected one of: ${expected}.`, USAGE);
}
const benchmark = await load();
const { PARTS = {} } = benchmark;
const unknown = parts.filter((part) => !Object.hasOwn(PARTS, part));
if (unknown.length > 0) {
  const expected = Object.keys(PARTS).join(', ') || 'no part';
  refuse(`${name} has no part ${JSON.stringify(unknown.join(', '))}. Expected ${expected}.`, USAGE);
}
if (values.numbers && !WRITES_NUMBERS.has(name)) {
  refuse(`--numbers is only for ${[...WRITES_NUMBERS].join(', ')}, got ${name}.`, USAGE);
}
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
const takesRounds = positionals.join(' ') === 'costly tests';
if (rounds !== undefined && !(takesRounds && Number.isInteger(rounds) && rounds > 0)) {
  refuse(`--rounds is only for costly tests, and needs an integer from 1, got ${values.rounds}.`, USAGE);
}
await benchmark.run({ parts, numbers: values.numbers, rounds });
