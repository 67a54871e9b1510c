import { SpanStatusCode } from '@opentelemetry/api';

interface OtlpSpan {
  spanId: string;
  endTimeUnixNano: string;
  status?: { code: number; message?: string };
}
export interface ResourceSpans {
  scopeSpans: Array<{ spans: OtlpSpan[] }>;
}

/** What was started or ended and not delivered, each span as a request of its own, by its id. */
export function readJournal(text: string, diedAtNano: bigint): Map<string, ResourceSpans> {
  const left = new Map<string, ResourceSpans>();
  // The last line may have been cut off by the death of its writer; its end is missing.
  for (const line of text.split('\n').slice(0, -1)) {
    const mark = line[0];
    const rest = line.slice(2);
    if (mark === 'D') for (const id of rest.split(' ')) left.delete(id);
    else
      for (const resourceSpans of parse(rest))
        left.set(idOf(resourceSpans), closed(resourceSpans, mark, diedAtNano));
  }
  return left;
}

/** A line that a failing disk spoiled must not keep the others. */
function parse(json: string): ResourceSpans[] {
  try {
    return (JSON.parse(json) as { resourceSpans: ResourceSpans[] }).resourceSpans;
  } catch {
    return [];
  }
}

const spanOf = (resourceSpans: ResourceSpans): OtlpSpan | undefined => resourceSpans.scopeSpans[0]?.spans[0];

const idOf = (resourceSpans: ResourceSpans): string => spanOf(resourceSpans)?.spanId ?? '';

function closed(resourceSpans: ResourceSpans, mark: string | undefined, diedAtNano: bigint): ResourceSpans {
  const span = spanOf(resourceSpans);
  if (mark === 'S' && span) {
    span.endTimeUnixNano = String(diedAtNano);
    span.status = { code: SpanStatusCode.ERROR, message: 'the process was killed' };
  }
  return resourceSpans;
}
