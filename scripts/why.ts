import { setTimeout as delay } from 'node:timers/promises';
import { explainFinding, standingOf, type CodePlace } from '@beyond-headers/journey';
import {
  firstAddress,
  firstTracesAddress,
  readCommandLine,
  refuse,
} from '@beyond-headers/local-process/command-line';
import { findRunningSystem, PORTS, RUNS_DIRECTORY } from '@beyond-headers/supervisor';
import { renderWaterfall } from '@beyond-headers/traces';
import { counted, printable } from '@beyond-headers/traces/draw';
import type { Finding, HopEnd } from '@beyond-headers/traces/lint';
import { RunReader } from '../services/playground/runs/run-reader.ts';
import { connectSources, type SourceUrls } from '../services/playground/runs/sources.ts';
import type { CarrierView } from '../services/playground/view/types.ts';
import { read } from './project-files.ts';

/** The spans of a finished order arrive within this time, so the notice is only printed later. */
const NOTICE_AFTER_MS = 5_000;
const POLL_MS = 250;

const USAGE = `npm run why -- ORDER

Shows why the work on an order is in one trace or in several: which traces there are, what each carrier held, where the context was
lost, and which line of this project decides that. ORDER is the id of the order.
The command waits until the order and its Job have ended, or until nothing has changed for 90 s.

  --writer URL         the address of the writer (default: the variable WRITER_URL)
  --job-launcher URL   the address of the job-launcher (default: the variable JOB_LAUNCHER_URL)
  --traces URL         the address of a Jaeger query API (default: the variable TRACES_URL)

If neither the option nor the variable is set, the command uses the system that npm start runs. If several systems run, it uses the
one whose writer has the port WRITER_PORT. If none runs, it uses the default ports on 127.0.0.1.

Exit codes:
  0   the command found no error in the traces
  1   it found an error, such as a lost context
  2   there is no such order, or no system answers`;

const { values, positionals } = readCommandLine({
  usage: USAGE,
  names: 'any',
  options: {
    writer: { type: 'string' },
    'job-launcher': { type: 'string' },
    traces: { type: 'string' },
  },
});
const [orderId = ''] = positionals;
if (positionals.length !== 1 || !/^[0-9a-f]{24}$/.test(orderId)) {
  const given = positionals.map((text) => JSON.stringify(text)).join(' ') || 'nothing';
  refuse(`Expected the id of one order, 24 lower-case hex digits; got ${given}.`, USAGE);
}

try {
  process.exitCode = await explainOrder(orderId, await systemOf(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function systemOf(env: NodeJS.ProcessEnv): Promise<SourceUrls> {
  const given = [
    firstAddress(['--writer', values.writer], ['WRITER_URL', env['WRITER_URL']]),
    firstAddress(['--job-launcher', values['job-launcher']], ['JOB_LAUNCHER_URL', env['JOB_LAUNCHER_URL']]),
    firstTracesAddress(['--traces', values.traces], ['TRACES_URL', env['TRACES_URL']]),
  ] as const;
  const running = await findRunningSystem(RUNS_DIRECTORY, env);
  const usual = ({ variable, fallback }: { variable: string; fallback: number }) =>
    `http://127.0.0.1:${env[variable]?.trim() || fallback}`;
  const [writer, jobLauncher, traces] = given;
  return {
    writer: writer ?? running?.writer ?? usual(PORTS.writer),
    jobLauncher: jobLauncher ?? running?.jobLauncher ?? usual(PORTS.jobLauncher),
    traces: traces ?? running?.traces ?? usual(PORTS.traces),
  };
}

async function explainOrder(id: string, urls: SourceUrls): Promise<number> {
  const sources = connectSources(urls);
  const order = await sources.order(id);
  if (!order) throw new Error(`No order ${id} at ${urls.writer}. GET ${urls.writer}/orders lists them.`);
  const reader = new RunReader(order.traceIds[0] ?? '', sources);
  await reader.step();
  const isWaiting = () => !reader.state.settled && !reader.isSilent;
  let noticeAt = Date.now() + NOTICE_AFTER_MS;
  for (; isWaiting(); await reader.step()) {
    if (Date.now() > noticeAt) {
      console.error(`Waiting until order ${id} and its Job have ended, or nothing has changed for 90 s …`);
      noticeAt = Infinity;
    }
    await delay(POLL_MS);
  }
  const { spans, state, findings } = reader;
  const { problem = state.settled ? '' : 'The work has not ended.' } = state;
  const carriers = await sources.carriers(id).catch(() => []);
  const { status, attempts } = state.orders.find(({ orderId: known }) => known === id) ?? order;
  const { status: trouble, sentences } = standingOf(state);
  const standing = trouble
    ? [`${trouble}.`, ...sentences]
    : [`${status} after ${counted(attempts, 'attempt')}.`];
  print([
    [`Order ${id}:`, ...standing, ...(problem ? [printable(problem)] : [])].join(' '),
    renderWaterfall(spans),
    ['What carried the context', ...carriers.flatMap(carrierLines)].join('\n'),
    ...(findings.length === 0
      ? ["No finding: each receiver continued the sender's trace, or linked to it."]
      : []),
    ...findings.map((finding) => findingText(finding, carriers)),
  ]);
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function carrierLines({ id, rows, isKnown, source }: CarrierView): string[] {
  const held = rows.filter(({ role }) => role !== 'other');
  if (!isKnown) return [`  ${id}: not shown. ${source}`];
  if (held.length === 0) return [`  ${id}: nothing`];
  return held.map(
    ({ name, value, role }) =>
      `  ${id}: ${printable(name)} ${printable(value)}${role === 'unread' ? ', which no reader finds' : ''}`,
  );
}

function findingText(finding: Finding, carriers: readonly CarrierView[]): string {
  const { rule, severity, certainty, from, to, evidence, page } = finding;
  const hop = [from, to].flatMap((end) => (end ? [labelOf(end)] : [])).join(' → ');
  const explanation = explainFinding(finding, carriers);
  return [
    `${severity} ${rule} (${certainty}): ${hop}`,
    ...evidence.map((sentence) => `  ${printable(sentence)}`),
    ...(explanation ? [`  ${explanation.what} ${explanation.so}`] : []),
    ...(explanation?.code ?? []).map((place) => `  ${placeOf(place)}`),
    `  More: ${page}`,
  ].join('\n');
}

function labelOf({ service, kind, name }: HopEnd): string {
  return printable(`${service} ${kind} ${name}`);
}

/** Returns the path with a line number, so that an editor opens it at the line. */
function placeOf({ path, code }: CodePlace): string {
  const before = read(path).split(code)[0] ?? '';
  return `${path}:${before.split('\n').length}  ${code}`;
}

function print(parts: readonly string[]): void {
  console.log(parts.join('\n\n'));
}
