import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { DeliveryError } from './delivery-error.ts';
import type { Accepted, OtlpClient } from './otlp-client.ts';
import { postPatiently } from './patient-post.ts';
import { serialize } from './serialize.ts';
import { withRejected } from './with-rejected.ts';

/** Posts a batch of spans, with retries while the collector is unavailable. */
export async function sendSpans(
  spans: ReadableSpan[],
  client: OtlpClient,
  ending: AbortSignal,
): Promise<Accepted> {
  const { body, rejected, reason } = serialize(spans, JsonTraceSerializer);
  if (!body) throw new DeliveryError(reason ?? 'cannot be serialized', { badData: true });
  return withRejected(await postPatiently(body, client, ending), rejected, reason);
}
