import { parseArgs } from 'node:util';
import { printResult, summarize, toJson } from './print.ts';
import { passed, runScenario } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const USAGE = `npm run scenario -- [options] [name ...]

Places orders in a running system and holds the traces against what they must be.

  --writer URL   the writer, default WRITER_URL or http://127.0.0.1:8081
  --traces URL   a Jaeger query API, default TRACES_URL or http://127.0.0.1:16686
  --json         for machines
  name           only these scenarios: ${SCENARIOS.map(({ name }) => `"${name}"`).join(', ')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    writer: { type: 'string', default: process.env['WRITER_URL'] ?? 'http://127.0.0.1:8081' },
    traces: { type: 'string', default: process.env['TRACES_URL'] ?? 'http://127.0.0.1:16686' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const chosen = SCENARIOS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (values.help || chosen.length === 0) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

const results = [];
for (const scenario of chosen) {
  const result = await runScenario(scenario, values);
  results.push(result);
  if (!values.json) console.log(printResult(result, process.stdout.isTTY && !process.env['NO_COLOR']));
}
console.log(values.json ? JSON.stringify(toJson(results), undefined, 2) : summarize(results));
process.exitCode = results.every(passed) ? 0 : 1;
