import { trace, ROOT_CONTEXT, type Attributes, type Context } from '@opentelemetry/api';
import { linkTo, type SpanStart } from './trace-shape.ts';

/**
 * You pass one `BatchMessage` for each message of a batch to `startBatchFrom`. It has the context that came with the message.
 * The message's id and attributes become attributes of the link to the message's sender.
 */
export interface BatchMessage {
  carried: Context;
  messageId: string;
  attributes?: Attributes | undefined;
}

// Copied: a library should not import unstable conventions.
// https://opentelemetry.io/docs/specs/semconv/registry/attributes/messaging/
const ATTR_MESSAGING_MESSAGE_ID = 'messaging.message.id';

/**
 * Returns the arguments with which you start the span of a batch: several messages that you process together. The span starts a
 * new trace, with a link to the sender's span of each message that carries a context.
 *
 * A batch has many senders, so no sender's span can be the parent. The `context` in the result is therefore the empty root
 * context. By default, the SDK keeps at most 128 links for each span, so a larger batch loses links.
 * Source: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#consumer-spans
 */
export function startBatchFrom(messages: Iterable<BatchMessage>): SpanStart {
  const links = Array.from(messages, ({ carried, messageId, attributes }) =>
    linkTo(trace.getSpanContext(carried), { ...attributes, [ATTR_MESSAGING_MESSAGE_ID]: messageId }),
  ).flat();
  return { context: ROOT_CONTEXT, links, root: true };
}
