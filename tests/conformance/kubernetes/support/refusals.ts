import assert from 'node:assert/strict';
import { ApiException, type V1Status } from '@kubernetes/client-node';
import { standsIn } from './cluster.ts';

export interface Refusal {
  code: number;
  reason: string | undefined;
  message: string;
  /** `reason field` of each cause. */
  causes: string[];
}

/** Returns the Status with which the API server refuses a call. Throws if the call succeeds. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    const body: unknown = error.body;
    const status = (typeof body === 'string' ? JSON.parse(body) : body) as V1Status;
    const causes = (status.details?.causes ?? []).map(
      (cause) => `${cause.reason ?? ''} ${cause.field ?? ''}`,
    );
    return { code: error.code, reason: status.reason, message: status.message ?? '', causes };
  }
  throw new Error('The call succeeded. Expected the API server to refuse it.');
}

/**
 * Returns the test of a feature that the stand-in leaves out. There, the test only checks that a call, by default the first one of `run`, is
 * refused with a message that contains `feature`.
 */
export function leftOut(
  feature: string,
  run: () => Promise<void>,
  call: () => Promise<unknown> = run,
): () => Promise<void> {
  if (!standsIn) return run;
  return async () => {
    const { code, message } = await refusalOf(call());
    assert.ok(code >= 400 && code < 500, `${code} ${message}`);
    assert.ok(message.includes('this stand-in') && message.includes(feature), message);
  };
}
