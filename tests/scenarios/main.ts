import { readCommandLine, refuse } from '@beyond-headers/local-process/command-line';
import { findSystem } from './find-system.ts';
import { printLab, runLab } from './labs/run-lab.ts';
import { staleContextLabs } from './labs/stale-context.ts';
import { printResult, summarize, toJson } from './print.ts';
import { passed, runScenario, type ScenarioResult } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const USAGE = `npm run scenario -- [options] [name ...]

Places orders in a running demo, and compares the resulting traces with the expected ones. Then runs the labs, which show
cases of stale context (a context that belongs to old work).

  --writer URL   the address of the writer (default: the variable WRITER_URL)
  --traces URL   the address of a Jaeger query API (default: the variable TRACES_URL)
  --json         prints the results as JSON
  --labs         runs only the labs, which need no running demo
  name           runs only these scenarios: ${SCENARIOS.map(({ name }) => `"${name}"`).join(', ')}

If neither the option nor the variable is set, the command uses the system that npm start runs. If several systems run, it uses the
one whose writer has the port WRITER_PORT. If none runs, it uses the default ports on 127.0.0.1.`;

const { values, positionals } = readCommandLine({
  usage: USAGE,
  names: SCENARIOS.map(({ name }) => name),
  options: {
    writer: { type: 'string' },
    traces: { type: 'string' },
    json: { type: 'boolean', default: false },
    labs: { type: 'boolean', default: false },
  },
});

const chosen = SCENARIOS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const color = process.stdout.isTTY && !process.env['NO_COLOR'];
const say = (text: string) => {
  if (!values.json) console.log(text);
};

const results: ScenarioResult[] = [];
if (!values.labs) {
  const urls = await findSystem(values, process.env).catch((error: unknown) =>
    refuse(error instanceof Error ? error.message : String(error), USAGE),
  );
  for (const scenario of chosen) {
    const result = await runScenario(scenario, urls);
    results.push(result);
    say(printResult(result, color));
  }
}

const labs = [];
for (const lab of positionals.length > 0 ? [] : staleContextLabs) {
  const result = await runLab(lab);
  labs.push(result);
  say(printLab(result));
}

console.log(values.json ? JSON.stringify(toJson(results, labs), undefined, 2) : summarize(results, labs));
process.exitCode = results.every(passed) && labs.every((lab) => lab.passed) ? 0 : 1;
