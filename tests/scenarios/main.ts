import { readCommandLine } from '../../scripts/command-line.ts';
import { printLab, runLab } from './labs/run-lab.ts';
import { staleContextLabs } from './labs/stale-context.ts';
import { printResult, summarize, toJson } from './print.ts';
import { passed, runScenario } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const USAGE = `npm run scenario -- [options] [name ...]

Places orders in a running system and holds the traces against what they must be.

  --writer URL   the writer, default WRITER_URL or http://127.0.0.1:8081
  --traces URL   a Jaeger query API, default TRACES_URL or http://127.0.0.1:16686
  --json         for machines
  --labs         only the labs on stale context, which need no running system
  name           only these scenarios: ${SCENARIOS.map(({ name }) => `"${name}"`).join(', ')}`;

const { values, positionals } = readCommandLine({
  usage: USAGE,
  names: SCENARIOS.map(({ name }) => name),
  options: {
    writer: { type: 'string', default: process.env['WRITER_URL'] ?? 'http://127.0.0.1:8081' },
    traces: { type: 'string', default: process.env['TRACES_URL'] ?? 'http://127.0.0.1:16686' },
    json: { type: 'boolean', default: false },
    labs: { type: 'boolean', default: false },
  },
});

const chosen = SCENARIOS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const color = process.stdout.isTTY && !process.env['NO_COLOR'];
const say = (text: string) => {
  if (!values.json) console.log(text);
};

const results = [];
for (const scenario of values.labs ? [] : chosen) {
  const result = await runScenario(scenario, values);
  results.push(result);
  say(printResult(result, color));
}

const labs = [];
for (const lab of positionals.length > 0 ? [] : staleContextLabs) {
  const result = await runLab(lab);
  labs.push(result);
  say(printLab(result));
}

console.log(values.json ? JSON.stringify(toJson(results, labs), undefined, 2) : summarize(results, labs));
process.exitCode = results.every(passed) && labs.every((lab) => lab.passed) ? 0 : 1;
