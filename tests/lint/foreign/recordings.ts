import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { titleOf, type End } from './labels.ts';

export const RECORDINGS = join(import.meta.dirname, 'recordings');

/** A recording in the repository: OTLP JSON, one request per line, and a file with its labels. */
export interface Recorded {
  system: string;
  name: string;
  path: string;
  labelsPath: string;
}

export function recordings(systems: readonly string[] = []): Recorded[] {
  return globSync(join(RECORDINGS, '*', '*.jsonl.gz'))
    .toSorted()
    .map((path) => {
      const name = basename(path, '.jsonl.gz');
      return { system: basename(dirname(path)), name, path, labelsPath: join(dirname(path), `${name}.json`) };
    })
    .filter(({ system }) => systems.length === 0 || systems.includes(system));
}

export const readRecording = async (path: string): Promise<string> =>
  gunzipSync(await readFile(path)).toString('utf8');

interface RawSpan {
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind?: number | string;
  links?: Array<{ spanId: string }>;
}

interface RawLine {
  resourceSpans: Array<{
    resource: { attributes: Array<{ key: string; value: { stringValue?: string } }> };
    scopeSpans: Array<{ spans: RawSpan[] }>;
  }>;
}

/** The parts of a span that labels are compared with. */
export interface Named extends End {
  spanId: string;
  /** The span ids of its parent and its links. */
  hangsOn: string[];
}

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];

/** Returns the spans of a recording. Parses them by hand, because a test of a linter must not rely on the linter's reader. */
export function spansOf(lines: string): Named[] {
  return lines
    .trim()
    .split('\n')
    .flatMap((line) => (JSON.parse(line) as RawLine).resourceSpans)
    .flatMap(({ resource, scopeSpans }) => {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
      return scopeSpans.flatMap(({ spans }) => spans.map((span) => toNamed(span, service)));
    });
}

function toNamed({ spanId, parentSpanId, name, kind = 0, links = [] }: RawSpan, service: string): Named {
  const parent = parentSpanId ? [parentSpanId] : [];
  return {
    service,
    kind: typeof kind === 'string' ? kind.replace('SPAN_KIND_', '') : (KINDS[kind] ?? 'UNSPECIFIED'),
    name,
    spanId,
    hangsOn: [...parent, ...links.map((link) => link.spanId)],
  };
}

/**
 * Returns the edges to each span from its parent and its linked spans, sorted. An edge starts at `nothing` if the span has neither, or if
 * the other span is not in the recording.
 */
export function shapeOf(spans: readonly Named[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const label = (span: Named | undefined) => (span ? titleOf(span) : 'nothing');
  return spans
    .flatMap((span) => {
      const parents = span.hangsOn.map((id) => byId.get(id));
      return (parents.length > 0 ? parents : [undefined]).map(
        (parent) => `${label(parent)} > ${label(span)}`,
      );
    })
    .toSorted();
}
