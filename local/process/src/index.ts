export { findFreePort, isListening, isPortFree } from './free-ports.ts';
export { freeze } from './freeze.ts';
export { isAlive, killGroup } from './groups.ts';
export { tieToThisProcess } from './lifeline.ts';
export { spawnTied, type TiedChild } from './spawn-tied.ts';
export { until } from './until.ts';
