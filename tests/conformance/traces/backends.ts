import { after } from 'node:test';
import { startTraceStore } from '../../../local/trace-store/src/index.ts';

/** A system that the contract tests, with the URLs for sending spans and for reading traces. */
export interface Backend {
  name: string;
  otlpUrl: string;
  queryUrl: string;
  /** Whether this is a Jaeger before 2.20, the version that `.env` pins. Tests of newer behavior skip it. */
  isBefore220: boolean;
  close(): Promise<void>;
}

/** Returns the options of a test of behavior that Jaeger has since 2.20. */
export const since220 = ({ isBefore220 }: Backend) => ({ skip: isBefore220 && 'new in Jaeger 2.20' });

/** Returns the name that Jaeger gives to a span without a name. Before 2.20, it gives none. */
export const nameless = ({ isBefore220 }: Backend) => (isBefore220 ? {} : { name: 'empty-span-name' });

async function startBackends(): Promise<Backend[]> {
  const store: Backend = { name: 'trace-store', isBefore220: false, ...(await startTraceStore()) };
  const { JAEGER_CONTRACT_OTLP: otlpUrl, JAEGER_CONTRACT_QUERY: queryUrl } = process.env;
  if (!otlpUrl || !queryUrl) return [store];
  const isBefore220 = await isOld(queryUrl);
  return [store, { name: 'Jaeger', otlpUrl, queryUrl, isBefore220, close: async () => {} }];
}

/** Reports whether a Jaeger is older than 2.20. Its error message then has the former names of the parameters. */
async function isOld(queryUrl: string): Promise<boolean> {
  const response = await fetch(`${queryUrl}/api/v3/traces`);
  return (await response.text()).includes('query.start_time_min');
}

/**
 * The trace store. Also a real Jaeger if `JAEGER_CONTRACT_OTLP` and `JAEGER_CONTRACT_QUERY` contain its URLs, such as
 * `http://127.0.0.1:4318` and `http://127.0.0.1:16686`.
 */
export const backends = await startBackends();
after(() => Promise.all(backends.map((backend) => backend.close())));
