import { SpanStatusCode } from '@opentelemetry/api';

interface OtlpSpan {
  spanId: string;
  startTimeUnixNano?: string;
  endTimeUnixNano: string;
  status?: { code: number; message?: string };
}
export interface ResourceSpans {
  scopeSpans: Array<{ spans: OtlpSpan[] }>;
}

/**
 * Returns the undelivered spans of a journal by span ID, each as its own request. A span that is still open ends at `diedAtNano`,
 * with an error.
 */
export function readJournal(text: string, diedAtNano: bigint): Map<string, ResourceSpans> {
  const left = new Map<string, ResourceSpans>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const mark = line[0];
    const rest = line.slice(2);
    if (mark === 'D') for (const id of rest.split(' ')) left.delete(id);
    else for (const [id, resourceSpans] of readSpan(rest, mark, diedAtNano)) left.set(id, resourceSpans);
  }
  return left;
}

/** Reads one line. A line that is damaged or cut off gives no span, so that it doesn't block the others. */
function readSpan(
  json: string,
  mark: string | undefined,
  diedAtNano: bigint,
): Array<[id: string, ResourceSpans]> {
  try {
    const { resourceSpans } = JSON.parse(json) as { resourceSpans: ResourceSpans[] };
    return resourceSpans.map((one) => [idOf(one), closed(one, mark, diedAtNano)]);
  } catch {
    return [];
  }
}

const spanOf = (resourceSpans: ResourceSpans): OtlpSpan | undefined => resourceSpans.scopeSpans[0]?.spans[0];

const idOf = (resourceSpans: ResourceSpans): string => spanOf(resourceSpans)?.spanId ?? '';

function closed(resourceSpans: ResourceSpans, mark: string | undefined, diedAtNano: bigint): ResourceSpans {
  const span = spanOf(resourceSpans);
  if (mark === 'S' && span) {
    // `diedAtNano` may precede the start: file systems have coarser clocks, and clocks may be set back.
    const startedAtNano = BigInt(span.startTimeUnixNano ?? 0);
    span.endTimeUnixNano = String(diedAtNano > startedAtNano ? diedAtNano : startedAtNano);
    span.status = { code: SpanStatusCode.ERROR, message: 'the process was killed' };
  }
  return resourceSpans;
}
