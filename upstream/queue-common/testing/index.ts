export { play, type Played, type PlayedProgram } from './play.ts';
export { startTracing, type Tracing } from './tracing.ts';
export { traces } from './traces-command.ts';
export { until } from './until.ts';
