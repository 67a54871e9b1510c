import { printable } from '../draw/text.ts';
import { severities, type Severity } from '../lint/finding.ts';
import { explain } from '../lint/explain.ts';
import { lintStore, type Linted } from '../lint/lint.ts';
import { toJson } from '../lint/output/json.ts';
import { toJunit } from '../lint/output/junit.ts';
import { toMarkdown } from '../lint/output/markdown.ts';
import { toSarif } from '../lint/output/sarif.ts';
import { toText } from '../lint/output/text.ts';
import { readRule } from '../lint/settings.ts';
import { parseOptions, UsageError, type Command, type ExitCode, type Output } from './command.ts';
import { drawOptions, widthOf, type DrawValues } from './draw-options.ts';
import { lintSourceOptions, lintSourceUsage, readLintSource } from './lint-source.ts';
import { settingOptions, settingsOf } from './lint-settings.ts';

const options = {
  ...lintSourceOptions,
  ...settingOptions,
  ...drawOptions,
  format: { type: 'string' },
  explain: { type: 'string' },
} as const;

/** `traces lint` */
export const lintCommand: Command = {
  summary: 'find where traces broke, without a description of what you expect',
  usage: `Usage: traces lint --file spans.jsonl [--file …] [--format FORMAT]
       traces lint --jaeger URL [--service NAME] [--lookback 1h] [--limit N]
       traces lint --explain RULE

Finds the two spans between which a trace broke. You need not describe what you expect.

${lintSourceUsage}
  --service NAME         only findings with a span of this service; all spans are still read; may be repeated
  --format FORMAT        text, json, sarif, junit or markdown (default text)
  --fail-on SEVERITY     the lowest severity that makes the exit code 1: error, warning, info or never (default error)
  --rules RULE,RULE      check only these rules
  --ignore RULE=REASON   leave out known findings; RULE@LABEL=REASON only at a span such as "poller CONSUMER *"; may be repeated
  --config FILE          settings in YAML or JSON (schema: lint.schema.json)
  --explain RULE         what a rule means, and how to fix its findings
  --show-values          show values of attributes in the evidence
  --clock TIME           how much the clocks of two processes may differ (default 1s)
  --unconsumed-after TIME  a message that no span received within this time is a finding (default: never)
  --shared-by N          how many messages, Jobs or runs that share one context are a finding (default 3)
  --max-spans N, --max-trace TIME, --max-attempts N, --max-children N
                         limits for a trace (default 10000, 1d, 20, 1000)
  --ascii, --width N     the format of the text
  --help                 this text

TRACES_TOKEN in the environment is sent to a server as a bearer token.

Exit codes: 0 no findings at or above --fail-on, 1 such findings, 2 invalid options or unreadable input.`,
  async run(args: readonly string[], output: Output): Promise<ExitCode> {
    const values = parseOptions(args, options);
    if (values.explain !== undefined) {
      output.out(explain(readRule('explain', values.explain)));
      return 0;
    }
    const write = writerOf(values.format ?? 'text', values, values.file ?? []);
    const { failOn = 'error', ...settings } = await settingsOf(values);
    const { store, problems, notes } = await readLintSource(values);
    const absent = (values.service ?? []).filter(
      (name) => !store.resources.some(({ service }) => service === name),
    );
    if (absent.length > 0) notes.push(`No span of the service ${absent.join(', ')} was read.`);
    const linted = lintStore(store, settings, { unreadable: problems, notes });
    output.out(write(linted));
    for (const problem of problems) output.error(printable(problem));
    if (problems.length > 0) return 2;
    return fails(linted, failOn) ? 1 : 0;
  },
};

function writerOf(format: string, values: DrawValues, files: readonly string[]): (linted: Linted) => string {
  switch (format) {
    case 'text': {
      const drawing = { width: widthOf(values), ascii: values.ascii ?? false };
      return (linted) => toText(linted, drawing);
    }
    case 'json':
      return ({ report }) => toJson(report);
    case 'sarif':
      return ({ report }) => toSarif(report, files);
    case 'junit':
      return ({ report }) => toJunit(report);
    case 'markdown':
      return ({ report }) => toMarkdown(report);
    default:
      throw new UsageError(`--format ${format}: expected text, json, sarif, junit or markdown.`);
  }
}

function fails({ report: { findings } }: Linted, failOn: Severity | 'never'): boolean {
  if (failOn === 'never') return false;
  return findings.some(({ severity }) => severities.indexOf(severity) <= severities.indexOf(failOn));
}
