import { DeliveryError } from '../export/delivery-error.ts';
import type { OtlpClient } from '../export/otlp-client.ts';
import type { ResourceSpans } from './read-journal.ts';

const POST_TIMEOUT_MS = 5_000;
const SPANS_PER_POST = 500;

export interface PostedSpans {
  ids: string[];
  /** How many of them the collector will never keep. */
  rejected: number;
  reason?: string | undefined;
}

/** Posts spans of a journal, and says after each request which are done with. Rejects when the collector is away. */
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
      // Bad data stays bad: it must not stand in the way of what comes after it.
      if (!(error instanceof DeliveryError) || !error.badData) throw error;
      onPosted({ ids, rejected: ids.length, reason: error.message });
    }
  }
}
