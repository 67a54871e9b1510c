export { playShop } from './play.ts';
export { errorsDuring, idOf, inRequest, startTracing, tracer, type Tracing } from './tracing.ts';
export { findingsIn, traces } from './traces-command.ts';
export { until } from './until.ts';
