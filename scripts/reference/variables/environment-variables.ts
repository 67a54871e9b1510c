import { TELEMETRY_VARIABLES } from '@beyond-headers/telemetry/variables';
import { code, formatPage, madeFrom, table, type Page } from '../page.ts';
import { SHELL_VARIABLES } from '@beyond-headers/local-process/shell-variables';
import { rowsOfSchema, rowsOfTable, variablesTable, type Row } from './row.ts';
import { composeRows, PROCESSES, startRows } from './sources.ts';

export const environmentVariables: Page = {
  path: 'docs/reference/environment-variables.md',
  async render() {
    const { shared, own } = sharedAndOwn();
    return formatPage([
      '# Environment variables',
      madeFrom('the config schemas'),
      'A blank value counts as unset. A wrong value stops the process at its start: it names the variable, the value and what is ' +
        'expected. Telemetry alone never does: it says so and takes its default. A secret is never repeated in a message.',
      '## Several services',
      table(
        ['variable', 'default', 'allowed', 'meaning', 'read by'],
        shared.map(({ row, processes }) => [
          code(row.name),
          row.default,
          row.allowed,
          row.description,
          processes.join(', '),
        ]),
      ),
      ...own.flatMap(({ name, file, rows }) => [
        `## ${name}`,
        `Declared in [${file}](../../${file}).`,
        variablesTable(rows),
      ]),
      '## Telemetry',
      'Every process that is started with `--import @beyond-headers/telemetry/register`: writer, poller, job-launcher and report-job. ' +
        'Declared in [packages/telemetry/src/variables.ts](../../packages/telemetry/src/variables.ts). Names that start with `OTEL_` keep the ' +
        'meaning that [OpenTelemetry](https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/) gives them. One ' +
        'variable that is not in this table is read too. `OTEL_RESOURCE_ATTRIBUTES` wins over what is found here, and ' +
        '[counts as empty](surprises.md#one-bad-pair-voids-the-resource) when one pair is bad. ' +
        '`OTEL_PROPAGATORS` and `OTEL_CONFIG_FILE` are not read: the propagator is W3C, behind the list of baggage. The OTEL_BSP_* variables are ' +
        "read here because [the SDK's own processor doesn't](surprises.md#a-batch-processor-ignores-its-variables). " +
        'The context itself comes in `TRACEPARENT`, `TRACESTATE` and `BAGGAGE` ([carrier formats](carrier-formats.md)).',
      variablesTable(rowsOfTable(TELEMETRY_VARIABLES)),
      '## The command traces',
      variablesTable([
        {
          name: 'TRACES_TOKEN',
          default: 'unset',
          allowed: 'text',
          description: 'Sent as a bearer token to the server that `traces lint` reads. **A secret.**',
        },
      ]),
      '## npm start',
      'The ports of the whole local system, and what it uses of the machine.',
      variablesTable(startRows()),
      '## Variables of your shell',
      'The demo and its tests do the same whatever your shell has. A variable that is in no row reaches every process as it is. `npm start` ' +
        'names in its first line what it uses and what it leaves out. Declared in ' +
        '[local/process/src/shell-variables.mjs](../../local/process/src/shell-variables.mjs). A service that you start yourself reads them all.',
      table(
        ['variables', 'npm start', 'tests', 'why'],
        SHELL_VARIABLES.map(({ names, start, tests, why }) => [
          names.map(code).join(', '),
          TREATMENTS[start],
          TREATMENTS[tests],
          why,
        ]),
      ),
      'Of npm, only what says how to reach a registry reaches the set-up; the rest is [pinned](../../scripts/setup/npm.mjs), in your ~/.npmrc too. ' +
        'What npm itself obeys before anything of this project runs stays: `npm_config_workspaces` and `npm_config_workspace` have it look for ' +
        'the command elsewhere, and `npm_config_script_shell` starts it.',
      '## docker compose',
      'The file [.env](../../.env) sets these; what the shell has wins over it.',
      table(
        ['variable', 'default', 'meaning'],
        composeRows().map((row) => [code(row.name), row.default, row.description]),
      ),
    ]);
  },
};

const TREATMENTS = {
  dropped: 'left out',
  pinned: 'its own value',
  honored: 'used',
  extended: 'with this machine added',
};

interface Shared {
  row: Row;
  processes: string[];
}

/** A variable that means the same to several processes is shown once, with who reads it. */
function sharedAndOwn() {
  const all = PROCESSES.map((process) => ({ ...process, rows: rowsOfSchema(process.schema) }));
  const byContent = new Map<string, Shared>();
  for (const { name, rows } of all) {
    for (const row of rows) {
      const entry = byContent.get(JSON.stringify(row)) ?? { row, processes: [] };
      byContent.set(JSON.stringify(row), { row, processes: [...entry.processes, name] });
    }
  }
  const shared = [...byContent.values()].filter(({ processes }) => processes.length > 1);
  const isShared = (row: Row) => (byContent.get(JSON.stringify(row))?.processes.length ?? 0) > 1;
  const own = all.map(({ rows, ...process }) => ({ ...process, rows: rows.filter((row) => !isShared(row)) }));
  return { shared, own };
}
