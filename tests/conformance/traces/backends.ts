import { startTraceStore } from '../../../local/trace-store/src/index.ts';

/** One system under the contract: where spans go in and where traces come out. */
export interface Backend {
  name: string;
  otlpUrl: string;
  queryUrl: string;
  close(): Promise<void>;
}

/**
 * The trace-store always, and a real Jaeger when `JAEGER_CONTRACT_OTLP` and `JAEGER_CONTRACT_QUERY` say where one is,
 * such as `http://127.0.0.1:4318` and `http://127.0.0.1:16686`.
 */
export async function startBackends(env: NodeJS.ProcessEnv = process.env): Promise<Backend[]> {
  const store: Backend = { name: 'trace-store', ...(await startTraceStore()) };
  const { JAEGER_CONTRACT_OTLP: otlpUrl, JAEGER_CONTRACT_QUERY: queryUrl } = env;
  if (!otlpUrl || !queryUrl) return [store];
  return [store, { name: 'Jaeger', otlpUrl, queryUrl, close: async () => {} }];
}
