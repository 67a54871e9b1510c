export { banner } from './banner.ts';
export { startLocalSystem, type LocalSystem, type LocalSystemOptions } from './local-system.ts';
export { PORTS, type Ports } from './ports.ts';
export type { ProcessDefinition, SystemContext } from './processes.ts';
