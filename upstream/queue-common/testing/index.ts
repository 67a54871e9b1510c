export { assertJoined, assertLost, openShop } from './play.ts';
export { errorsDuring, idOf, inRequest, startTracing, tracer, type Tracing } from './tracing.ts';
export { until } from './until.ts';
