import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { DeliveryError } from './delivery-error.ts';
import type { Accepted, OtlpClient } from './otlp-client.ts';
import { postPatiently } from './patient-post.ts';

/** Posts a batch of spans, again while the collector is away. */
export async function sendSpans(
  spans: ReadableSpan[],
  client: OtlpClient,
  ending: AbortSignal,
): Promise<Accepted> {
  const body = JsonTraceSerializer.serializeRequest(spans);
  if (!body) throw new DeliveryError('the spans cannot be serialized', { badData: true });
  return postPatiently(body, client, ending);
}
