import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchTrace } from '@beyond-headers/traces';
import { RunReader } from '../../../../services/playground/runs/run-reader.ts';
import { connectSources } from '../../../../services/playground/runs/sources.ts';
import { inMb, inSeconds, type Figure } from '../figure.ts';
import { cost } from '../../lint/cost.ts';

const CLI = new URL('../../../../packages/traces/src/cli.ts', import.meta.url).pathname;

/** Reads the trace with each reader. `name` is the name of the backend. */
export async function readTrace(
  name: string,
  queryUrl: string,
  traceId: string,
  spans: number,
): Promise<Figure[]> {
  return [
    await fetched(name, queryUrl, traceId, spans),
    ...(await linted(name, queryUrl, spans)),
    ...(await shown(name, queryUrl, traceId)),
  ];
}

async function fetched(name: string, url: string, traceId: string, expected: number): Promise<Figure> {
  const result = await fetchTrace(url, traceId).then(
    ({ length }) => length,
    (error: unknown) => String(error),
  );
  return { what: `${name}: spans of the trace that \`fetchTrace\` reads`, result, expected };
}

async function linted(name: string, url: string, spans: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-trace-'));
  try {
    const { cpu, mb, output } = await cost(
      folder,
      [CLI, 'lint', '--jaeger', url, '--format', 'json', '--fail-on', 'never'],
      0,
    );
    const { findings, summary } = JSON.parse(output) as {
      findings: { rule: string }[];
      summary: { spans: number };
    };
    const rules = [...new Set(findings.map(({ rule }) => rule))].join(', ');
    return [
      { what: `${name}: spans that \`traces lint\` reads`, result: summary.spans, expected: spans },
      { what: `${name}: rules of \`traces lint\` that the trace breaks`, result: rules },
      {
        what: `${name}: processor time and memory of \`traces lint\``,
        result: `${inSeconds(cpu * 1_000)}, ${inMb(mb * 1e6)}`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Measures one read by the playground, which reads a run repeatedly while its page is open. */
async function shown(name: string, traces: string, traceId: string): Promise<Figure[]> {
  const nowhere = 'http://127.0.0.1:9';
  const sources = connectSources({
    traces,
    writer: nowhere,
    jobLauncher: nowhere,
    poller: nowhere,
  } as Parameters<typeof connectSources>[0]);
  const reader = new RunReader(traceId, sources);
  const before = process.cpuUsage();
  await reader.step();
  const { user, system } = process.cpuUsage(before);
  return [
    { what: `${name}: spans that the playground's page gets`, result: reader.spans.length },
    { what: `${name}: note that the playground's page shows`, result: reader.state.problem ?? 'nothing' },
    {
      what: `${name}: processor time that the playground needs to read the trace once`,
      result: inSeconds((user + system) / 1_000),
    },
  ];
}
