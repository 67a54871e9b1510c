import { ApiException, type V1Status } from '@kubernetes/client-node';

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
