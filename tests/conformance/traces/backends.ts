import { startTraceStore } from '../../../local/trace-store/src/index.ts';

/** One system under the contract: where spans go in and where traces come out. */
export interface Backend {
  name: string;
  otlpUrl: string;
  queryUrl: string;
  /** Whether it is older than 2.20, which `.env` pins: what is new since then is not asked of it. */
  isBefore220: boolean;
  close(): Promise<void>;
}

/** Options of a test on what Jaeger does since 2.20. */
export const since220 = ({ isBefore220 }: Backend) => ({ skip: isBefore220 && 'new in Jaeger 2.20' });

/** What Jaeger calls a span without a name. */
export const nameless = ({ isBefore220 }: Backend) => (isBefore220 ? {} : { name: 'empty-span-name' });

/**
 * The trace-store always, and a real Jaeger when `JAEGER_CONTRACT_OTLP` and `JAEGER_CONTRACT_QUERY` say where one is,
 * such as `http://127.0.0.1:4318` and `http://127.0.0.1:16686`.
 */
export async function startBackends(env: NodeJS.ProcessEnv = process.env): Promise<Backend[]> {
  const store: Backend = { name: 'trace-store', isBefore220: false, ...(await startTraceStore()) };
  const { JAEGER_CONTRACT_OTLP: otlpUrl, JAEGER_CONTRACT_QUERY: queryUrl } = env;
  if (!otlpUrl || !queryUrl) return [store];
  const isBefore220 = await isOld(queryUrl);
  return [store, { name: 'Jaeger', otlpUrl, queryUrl, isBefore220, close: async () => {} }];
}

/** An older one asks for its parameters by their former names. */
async function isOld(queryUrl: string): Promise<boolean> {
  const response = await fetch(`${queryUrl}/api/v3/traces`);
  return (await response.text()).includes('query.start_time_min');
}
