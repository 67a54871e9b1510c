import { ApiException, type V1Status } from '@kubernetes/client-node';

export interface Refusal {
  code: number;
  reason: string | undefined;
  message: string;
  /** `reason field` of each cause. */
  causes: string[];
}

/** The refusal that a call must end with: what the API server says in its Status. */
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
