export { startCluster } from './cluster.ts';
export type { Cluster, ClusterLogger, ClusterOptions } from './cluster.ts';
export type { Image } from './kubelet/node.ts';
