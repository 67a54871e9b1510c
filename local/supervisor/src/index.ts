export { banner } from './banner.ts';
export { RUNS_DIRECTORY, startLocalSystem, type LocalSystem } from './local-system.ts';
export { PORTS } from './ports.ts';
export { announcedSystems, explainNoSystem, findRunningSystem } from './running-system.ts';
