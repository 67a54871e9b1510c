import { startTraceStore } from '@beyond-headers/trace-store';
import { makeNamespace, type TestNamespace } from './namespace.ts';
import { urlAt } from './url-at.ts';

export interface AdmissionNamespaces {
  optedIn: TestNamespace;
  other: TestNamespace;
  /** The addresses of a trace store on this machine, which pods can also reach. */
  otlpUrl: string;
  tracesUrl: string;
  remove(): Promise<void>;
}

/** Creates two namespaces, of which the first has these labels, and starts a trace store. */
export async function makeAdmissionNamespaces(
  labels: Record<string, string> = {},
): Promise<AdmissionNamespaces> {
  const [optedIn, other] = await Promise.all([makeNamespace(labels), makeNamespace()]);
  const traces = await startTraceStore({ host: '0.0.0.0' });
  return {
    optedIn,
    other,
    otlpUrl: urlAt('127.0.0.1', traces.otlpUrl),
    tracesUrl: urlAt('127.0.0.1', traces.queryUrl),
    remove: async () => void (await Promise.all([optedIn.remove(), other.remove(), traces.close()])),
  };
}
