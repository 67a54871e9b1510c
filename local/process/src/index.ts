export { findFreePort, isListening, isPortFree } from './free-ports.ts';
export { isAlive, killGroup } from './groups.ts';
export { tieToThisProcess } from './lifeline.ts';
export { until } from './until.ts';
