import type { TraceShape } from '@beyond-headers/propagation';
import type { Span } from '@opentelemetry/api';
import type { InstrumentationConfig } from '@opentelemetry/instrumentation';

/** What a hook gets. */
export interface MongoDBQueueMessageInfo {
  queue: string;
  payload: unknown;
}

export interface MongoDBQueueInstrumentationConfig extends InstrumentationConfig {
  /** How the span of an attempt hangs on the span that sent the message; a child by default. */
  shape?: TraceShape;
  /** Called before a message is added, for each message of a batch. What it throws is logged and changes nothing. */
  producerHook?: (span: Span, info: MongoDBQueueMessageInfo) => void;
  /** Called before a message is given to who asked for it. What it throws is logged and changes nothing. */
  consumerHook?: (span: Span, info: MongoDBQueueMessageInfo) => void;
}
