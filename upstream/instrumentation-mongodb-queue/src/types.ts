import type { TraceShape } from '@beyond-headers/propagation';
import type { Span } from '@opentelemetry/api';
import type { InstrumentationConfig } from '@opentelemetry/instrumentation';

/** The argument of a hook. */
export interface MongoDBQueueMessageInfo {
  queue: string;
  payload: unknown;
}

export interface MongoDBQueueInstrumentationConfig extends InstrumentationConfig {
  /** How the span of an attempt relates to the span that sent the message. By default, it is a child. */
  shape?: TraceShape;
  /** Called before a message is added, for each message of a batch. An error that it throws is logged, and has no other effect. */
  producerHook?: (span: Span, info: MongoDBQueueMessageInfo) => void;
  /** Called before a message is passed to the caller of `get`. An error that it throws is logged, and has no other effect. */
  consumerHook?: (span: Span, info: MongoDBQueueMessageInfo) => void;
}
