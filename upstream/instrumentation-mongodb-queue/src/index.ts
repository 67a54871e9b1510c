export { MongoDBQueueInstrumentation } from './instrumentation.ts';
export { contextOfMessage } from './message-context.ts';
export type { MongoDBQueueInstrumentationConfig, MongoDBQueueMessageInfo } from './types.ts';
