export { findFreePort, isListening, isPortFree } from './free-ports.ts';
export { freeze } from './freeze.ts';
export { isAlive, killGroup } from './groups.ts';
export { tieToThisProcess } from './lifeline.ts';
export { until } from './until.ts';
