import {
  BatchV1Api,
  CoreV1Api,
  createConfiguration,
  type KubeConfig,
  ServerConfiguration,
  VersionApi,
  type Middleware,
} from '@kubernetes/client-node';
import { KubeconfigError } from './kubeconfig.ts';

/** Creates API clients for the current cluster of a kubeconfig. */
export function connectKubernetes(config: KubeConfig) {
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new KubeconfigError('The kubeconfig has no current context.');
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(cluster.server, {}),
    authMethods: { default: config },
    promiseMiddleware: [reuseConnection()],
  });
  return {
    config,
    batch: new BatchV1Api(configuration),
    core: new CoreV1Api(configuration),
    version: new VersionApi(configuration),
  };
}

/**
 * The client library creates a connection pool for each request, which costs a TLS handshake. This middleware reuses one pool
 * while its requests get responses. A request without a response may be on a dead connection, so the next one gets a new pool.
 */
function reuseConnection(): Middleware {
  type Dispatcher = ReturnType<Parameters<Middleware['pre']>[0]['getDispatcher']>;
  let kept: Dispatcher;
  let unanswered = 0;
  return {
    pre: async (request) => {
      if (!kept || unanswered > 0) {
        kept = request.getDispatcher();
        unanswered = 0;
      }
      if (kept) request.setDispatcher(kept);
      unanswered += 1;
      return request;
    },
    post: async (response) => {
      unanswered = Math.max(0, unanswered - 1);
      return response;
    },
  };
}
