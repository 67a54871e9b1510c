export { answerWithin } from './answer-within.ts';
export {
  count,
  httpConfig,
  httpUrl,
  inDecimal,
  localUrl,
  milliseconds,
  mongoConfig,
  mongodbUri,
  onOff,
  otlpUrl,
  port,
  readConfig,
  seconds,
} from './config.ts';
export { demoContexts } from './demo-contexts.ts';
export { createHttpApp, type AccessOptions, type ExtraCalls } from './http-app.ts';
export { HttpProblem } from './http-problem.ts';
export { createLogger, type Logger } from './logger.ts';
export { countRequests } from './rate-limit.ts';
export type { ApiDescription, ApiOperations } from './openapi/description.ts';
export { describeApi, type OpenApiDocument, type OpenApiOperation } from './openapi/document.ts';
export { retryAfterMs } from './retry-after.ts';
export { serve } from './serve.ts';
