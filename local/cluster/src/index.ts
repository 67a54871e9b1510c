export { startCluster } from './cluster.ts';
export type { Image } from './kubelet/node.ts';
