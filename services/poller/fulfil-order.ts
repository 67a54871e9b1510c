import type { LaunchReport } from '@beyond-headers/contracts';
import { retryAfterMs } from '@beyond-headers/service-kit';
import { DependencyAway, type Handler } from './handler.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';

const TIMEOUT_MS = 5_000;

/** A proxy may answer with a page of any length. */
const MAX_REASON_LENGTH = 500;

/** The launcher's status code if there is a Job. A page of a proxy in front of it, such as a login page, has 200. */
const LAUNCHED = 202;

/** Matches the orders for which {@link fulfilOrder} needs the launcher. */
export const NEEDS_LAUNCHER = { report: true } as const;

/**
 * Returns the handler that fulfills orders. For an order with a report, it requests a Job from the launcher.
 * @param requestOf returns the request body for the launcher
 */
export const fulfilOrder =
  (
    jobLauncherUrl: string,
    requestOf = ({ _id }: ClaimedOrder): LaunchReport => ({ orderId: _id }),
  ): Handler =>
  async (order, { once, signal }) => {
    if (order.report) await once('report', () => askForReport(jobLauncherUrl, requestOf(order), signal));
  };

/** Requests the Job of an order, whose name contains the order's id. Throws {@link DependencyAway} if a later retry can help. */
async function askForReport(
  jobLauncherUrl: string,
  report: LaunchReport,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(`${jobLauncherUrl}/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(report),
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  }).catch((cause: unknown) => {
    // The order was released or lost: that is the reason, not the launcher.
    if (signal.aborted) throw cause;
    throw new DependencyAway(
      `Failed to launch the report: no answer from ${jobLauncherUrl}: ${reasonOf(cause)}`,
      { cause },
    );
  });
  if (response.status !== LAUNCHED) throw await toError(response);
  // Read to the end, so that the connection is reused. Only the status code matters.
  await response.arrayBuffer().catch(() => {});
}

async function toError(response: Response): Promise<Error> {
  const text = await beginningOf(response).catch(() => '');
  const message = `Failed to launch the report: job-launcher answered ${response.status} ${text}`.trim();
  if (!isAway(response)) return new Error(message);
  return new DependencyAway(message, { retryAfterMs: retryAfterMs(response.headers.get('retry-after')) });
}

async function beginningOf({ body }: Response): Promise<string> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.length >= MAX_REASON_LENGTH) break;
  }
  return text.slice(0, MAX_REASON_LENGTH);
}

/** A 502 with a problem comes from the launcher: Kubernetes refused this Job for good. Any other 502 comes from a proxy. */
function isAway({ status, headers }: Response): boolean {
  // A response of a proxy in front of the launcher, such as a login page.
  if (status < 400) return true;
  if (status === 502) return !headers.get('content-type')?.startsWith('application/problem+json');
  return [429, 503, 504].includes(status);
}

/** Only the cause of a failed fetch says what happened: `connect ECONNREFUSED 127.0.0.1:8083`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
