export { banner } from './banner.ts';
export { RUNS_DIRECTORY, startLocalSystem, type LocalSystem } from './local-system.ts';
export type { LocalSystemOptions } from './local-system-options.ts';
export { PORTS, type Ports } from './ports.ts';
export { announcedSystems, explainNoSystem, findRunningSystem } from './running-system.ts';
export type { ProcessDefinition, SystemContext } from './process-definition.ts';
