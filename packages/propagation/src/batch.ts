import { trace, ROOT_CONTEXT, type Attributes, type Context } from '@opentelemetry/api';
import { linkTo, type SpanStart } from './trace-shape.ts';

/** One message of a batch: the context that came with it, and what identifies it on its link. */
export interface BatchMessage {
  carried: Context;
  messageId: string;
  attributes?: Attributes | undefined;
}

// Copied, as libraries are asked to: https://opentelemetry.io/docs/specs/semconv/registry/attributes/messaging/
const ATTR_MESSAGING_MESSAGE_ID = 'messaging.message.id';

/**
 * Gives what to start the span of a batch with: a new trace with one link for each message that carries a context.
 *
 * A batch has many parents, so none of them is taken as the one. By default, the SDK keeps 128 links a span.
 * Source: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#consumer-spans
 */
export function startBatchFrom(messages: Iterable<BatchMessage>): SpanStart {
  const links = Array.from(messages, ({ carried, messageId, attributes }) =>
    linkTo(trace.getSpanContext(carried), { ...attributes, [ATTR_MESSAGING_MESSAGE_ID]: messageId }),
  ).flat();
  return { context: ROOT_CONTEXT, links, root: true };
}
