import { readFile } from 'node:fs/promises';
import { printable } from '../draw/text.ts';
import { SpanStore } from '../lint/model/span-store.ts';
import type { Access } from '../lint/read/http.ts';
import { readSpansInto } from '../lint/read/files.ts';
import { Sink } from '../lint/read/input.ts';
import { readJaeger, type Search } from '../lint/read/jaeger.ts';
import { readTempo } from '../lint/read/tempo.ts';
import { readCount, readDuration, SettingError } from '../lint/settings.ts';
import { addressOf } from '../read/jaeger.ts';
import { messageOf, UsageError, type Values } from './command.ts';
import { tokenHeader, urlOf } from './source.ts';

/** The options that set where `traces lint` reads from. */
export const lintSourceOptions = {
  jaeger: { type: 'string' },
  tempo: { type: 'string' },
  file: { type: 'string', multiple: true },
  lookback: { type: 'string' },
  limit: { type: 'string' },
  header: { type: 'string', multiple: true },
  ca: { type: 'string' },
} as const;

export const lintSourceUsage = `  --jaeger URL           a Jaeger v2 query API, such as http://127.0.0.1:16686
  --tempo URL            the HTTP API of Grafana Tempo, such as http://127.0.0.1:3200
  --file FILE            a file with spans in OTLP: a JSON document, JSON lines, or protobuf; may be compressed with gzip;
                         - reads standard input; may be repeated

Options for --jaeger and --tempo:
  --lookback TIME        read traces of this last period, such as 30m (default 1h)
  --limit N              read at most this many traces; with --jaeger, this many for each service (default 1000)
  --header "NAME: TEXT"  send this header with each request; may be repeated
  --ca FILE              trust only the certificates in this file (PEM), instead of the default ones

Other options:`;

type LintSourceValues = Values<typeof lintSourceOptions>;

/**
 * Reads all spans. The sink records what could not be read. Throws a {@link UsageError} unless exactly one of `--jaeger`, `--tempo`, and
 * `--file` is given.
 */
export async function readLintSource(values: LintSourceValues): Promise<Sink> {
  const { jaeger, tempo, file = [] } = values;
  if ([jaeger, tempo, file[0]].filter((each) => each !== undefined).length !== 1)
    throw new UsageError('Give one of --jaeger URL, --tempo URL, and --file FILE, which may be repeated.');
  const sink = new Sink(new SpanStore());
  for (const path of file) await readSpansInto(sink, path);
  if (jaeger !== undefined)
    await readServer(sink, readJaeger, await searchOf(urlOf('--jaeger', jaeger), values));
  if (tempo !== undefined) await readServer(sink, readTempo, await searchOf(urlOf('--tempo', tempo), values));
  // Without spans there are no findings, which would look as if the traces had no problems.
  if (sink.store.size === 0 && sink.problems.length === 0) sink.problem(...noSpanIn(values));
  return sink;
}

function noSpanIn({ file, lookback = '1h' }: LintSourceValues): [place: string, text: string] {
  return file === undefined
    ? [
        'The server',
        `no span of the last ${lookback} was read. Expected at least one. To look further back, use --lookback.`,
      ]
    : [file.join(', '), 'no span was read. Expected at least one.'];
}

/**
 * Reads from a server. If the server stops responding, keeps the spans that it sent until then. Throws if reading fails and no span was
 * read.
 */
async function readServer(sink: Sink, read: typeof readJaeger, search: Search): Promise<void> {
  try {
    await read(sink, search);
  } catch (error) {
    if (sink.store.size === 0) throw error;
    sink.problem('The server', messageOf(error));
  }
  if (sink.store.size === 0 && sink.problems.length > 0)
    throw new Error(sink.problems.map(printable).join('\n'));
}

async function searchOf(
  url: string,
  { lookback = '1h', limit = '1000', header, ca }: LintSourceValues,
): Promise<Search> {
  const { base, headers } = addressOf(url);
  const access = await accessOf(url, header, ca);
  return {
    base,
    lookbackMs: readDuration('lookback', lookback),
    limit: readCount('limit', limit),
    access: { ...access, headers: { ...headers, ...access.headers } },
  };
}

async function accessOf(url: string, headers: readonly string[] = [], ca?: string): Promise<Access> {
  const given = headers.map((header): [string, string] => {
    const [, name = '', value = ''] = /^([\w-]+):\s*(.*)$/s.exec(header) ?? [];
    if (name === '')
      throw new SettingError('header: Expected a name and a text, such as "X-Scope-OrgID: team".');
    return [name.toLowerCase(), value];
  });
  return {
    headers: { ...tokenHeader(url), ...Object.fromEntries(given) },
    ...(ca !== undefined && { ca: await readFile(ca, 'utf8') }),
  };
}
