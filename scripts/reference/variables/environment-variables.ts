import { TELEMETRY_VARIABLES } from '@beyond-headers/telemetry/variables';
import { code, formatPage, listed, madeFrom, table, type Page } from '../page.ts';
import { SHELL_VARIABLES } from '@beyond-headers/local-process/shell-variables';
import { rowsOfSchema, rowsOfTable, variablesTable, type Row } from './row.ts';
import { processes } from '../telemetry/resource-services.ts';
import { composeRows, PROCESSES, startRows } from './sources.ts';

export const environmentVariables: Page = {
  path: 'docs/reference/environment-variables.md',
  async render() {
    const { shared, own } = sharedAndOwn();
    return formatPage([
      '# Environment variables',
      madeFrom('the code that reads the variables'),
      'This page lists the environment variables that the programs of this project read. Most of these programs are the services of the ' +
        'demo, which stores orders and works on them. The section of a program says what the program does.',
      'A program reads its variables when it starts. A blank value counts as unset. If a value is not allowed, the program stops with an error. ' +
        'The error names the variable, the value, and the allowed values. If "any text" is allowed, the program does not check the value. ' +
        'The variables under [Telemetry](#telemetry) are different: a value that is not allowed only causes a warning. ' +
        'If a variable is marked as a secret, no message contains its value.',
      '## Variables that several processes read',
      'Each of these variables means the same to all programs in the last column.',
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
      ...own.flatMap(({ name, what, file, rows }) => [
        `## ${name}`,
        `${what} These variables are declared in [${file}](../../${file}).`,
        variablesTable(rows),
      ]),
      '## Telemetry',
      'These variables apply to every process that is started with `--import @beyond-headers/telemetry/register`: ' +
        `${listed(processes)}. ` +
        'They are declared in [packages/telemetry/src/variables.ts](../../packages/telemetry/src/variables.ts). ' +
        'Names that start with `OTEL_` have the meaning that ' +
        '[OpenTelemetry](https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/) defines.',
      'If a value is not allowed, the process logs a warning, and uses the default. For `EDGE_POLICY` and `TRACE_SHAPE`, it uses `link` instead of the default. ' +
        'If the value is a list, the process leaves out only the items that are not allowed. If no item of `OTEL_PROPAGATORS` or `OTEL_TRACES_EXPORTER` is left, the process uses the default.',
      'These processes also read `OTEL_RESOURCE_ATTRIBUTES`, which is not in the table. It adds attributes to the resource, which ' +
        'describes the process that creates the spans. Its values take precedence over ' +
        'attributes that a process detects itself. If [one pair in it is invalid](surprises.md#in-nodejs-one-bad-pair-in-otel_resource_attributes-voids-the-resource-attributes), the whole variable is ignored.',
      'These processes do not read the configuration file that `OTEL_CONFIG_FILE` names. They can get a trace context from the variables `TRACEPARENT`, `TRACESTATE`, and ' +
        '`BAGGAGE` ([carrier formats](carrier-formats.md)).',
      'The table distinguishes two kinds of processes. A job runs in the pod of a Kubernetes Job, and then ends. All other processes are services. ' +
        '`TELEMETRY_PROFILE` sets the kind.',
      variablesTable(rowsOfTable(TELEMETRY_VARIABLES)),
      '## The command `traces`',
      'The package [traces](../../packages/traces/README.md) has a command, `traces`, which draws and checks traces. It reads one variable:',
      variablesTable([
        {
          name: 'TRACES_TOKEN',
          default: 'unset',
          allowed: 'any text in one line',
          description:
            'The bearer token for the server from which the command reads traces. If the URL of the server contains a user or a password, the command sends these instead. **A secret.**',
        },
      ]),
      '## npm start',
      'These variables set the ports of the processes that `npm start` runs, and the MongoDB that they use.',
      variablesTable(startRows()),
      '## Variables of your shell',
      'Some variables of your shell would change what the demo shows, or break its tests. The table shows what `npm ' +
        'start` and the tests do with each of these variables. With "used", the processes that they start get your ' +
        'value. With "left out", they do not get the variable. With "replaced", they get the value that the demo sets. If several rows match a variable, ' +
        'the first row applies. Variables that match no row reach every process unchanged.',
      'Before `npm start` starts any process, it prints which of these variables your shell sets: those that it uses, and those that it leaves out or replaces. It does not ' +
        'print `NO_PROXY` and `no_proxy`, nor `TMPDIR`, `TMP`, and `TEMP` if it uses them. If you start a service yourself, the service gets all variables of your shell. The table is declared in [local/process/src/shell-variables.mjs](../../local/process/src/shell-variables.mjs).',
      table(
        ['variables', 'npm start', 'tests', 'why'],
        SHELL_VARIABLES.map(({ names, start, tests, unless, why }) => [
          names.map(code).join(', '),
          shownTreatment(start, unless),
          shownTreatment(tests, unless),
          why,
        ]),
      ),
      '## Settings of npm',
      'npm reads its settings from variables such as `npm_config_registry`, and from the file ~/.npmrc. The first command that you run in ' +
        'this project installs the dependencies with npm. This installation uses only those of your settings that concern the ' +
        'registry. All other settings have [fixed values](../../scripts/setup/npm.mjs).',
      'Three variables take effect earlier: npm reads them before any code of this project runs. If one of them is set, a command of this project may fail, so unset it. With ' +
        '`npm_config_workspaces` or `npm_config_workspace`, npm searches for the command in another package. With ' +
        '`npm_config_script_shell`, npm starts the command in the shell that the variable names.',
      '## docker compose',
      'The file [.env](../../.env) sets these variables. Variables of your shell take precedence. A profile is an optional group of ' +
        'containers, which docker compose starts with an option such as `--profile metrics`. The value of a variable whose name ends in ' +
        '`_IMAGE` is a full image reference, with name and tag. The bot Renovate updates these values.',
      table(
        ['variable', 'default', 'meaning'],
        composeRows().map((row) => [code(row.name), row.default, row.description]),
      ),
    ]);
  },
};

const TREATMENTS = {
  dropped: 'left out',
  pinned: 'replaced',
  honored: 'used',
  extended: 'used, with the addresses of this machine added',
};

/** For some values of a rule with `unless`, the variable is used. */
const shownTreatment = (treatment: keyof typeof TREATMENTS, unless?: unknown): string =>
  unless ? `used or ${TREATMENTS[treatment]}` : TREATMENTS[treatment];

/** Separates variables that several processes read with the same meaning, to list them once, from those of a single process. */
function sharedAndOwn() {
  const all = PROCESSES.flatMap((process) => rowsOfSchema(process.schema).map((row) => ({ process, row })));
  const byContent = Map.groupBy(all, ({ row }) => JSON.stringify(row));
  const readers = (row: Row) => byContent.get(JSON.stringify(row))!.map(({ process }) => process);
  const shared = [...byContent.values()]
    .map(([use]) => ({ row: use!.row, processes: readers(use!.row).map(({ name }) => name) }))
    .filter(({ processes }) => processes.length > 1);
  const own = PROCESSES.map(({ schema, ...process }) => ({
    ...process,
    rows: rowsOfSchema(schema).filter((row) => readers(row).length === 1),
  }));
  return { shared, own };
}
