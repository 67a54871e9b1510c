import { DeliveryError } from '../export/delivery-error.ts';
import type { OtlpClient } from '../export/otlp-client.ts';
import type { ResourceSpans } from './read-journal.ts';

const POST_TIMEOUT_MS = 5_000;
const SPANS_PER_POST = 500;

export interface PostedSpans {
  ids: string[];
  /** The number of these spans that the collector rejected for good. */
  rejected: number;
  reason?: string | undefined;
}

/**
 * Posts spans of a journal. After each request, reports the spans that need no further delivery. Rejects if the collector is
 * unavailable.
 */
export async function postJournaled(
  spans: Map<string, ResourceSpans>,
  client: OtlpClient,
  onPosted: (posted: PostedSpans) => void,
): Promise<void> {
  const all = [...spans];
  for (let from = 0; from < all.length; from += SPANS_PER_POST) {
    const batch = all.slice(from, from + SPANS_PER_POST);
    const ids = batch.map(([id]) => id);
    const body = JSON.stringify({ resourceSpans: batch.map(([, span]) => span) });
    try {
      onPosted({ ids, ...(await client.post(body, POST_TIMEOUT_MS)) });
    } catch (error) {
      // A retry of bad data fails, too. It must not block the spans after it.
      if (!(error instanceof DeliveryError) || !error.badData) throw error;
      onPosted({ ids, rejected: ids.length, reason: error.message });
    }
  }
}
