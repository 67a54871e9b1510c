import type { LaunchReport } from '@beyond-headers/contracts';
import { retryAfterMs } from '@beyond-headers/service-kit';
import { DependencyAway, type Handler } from './handler.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';

const TIMEOUT_MS = 5_000;

/** A proxy may answer with a page of any length. */
const MAX_REASON_LENGTH = 500;

/** What the launcher answers when there is a Job. A page of something before it, such as a log-in, is answered with 200. */
const LAUNCHED = 202;

/**
 * Fulfils an order; one that asks for a report has a Job launched.
 * @param requestOf what the launcher is asked for
 */
export function fulfilOrder(
  jobLauncherUrl: string,
  requestOf = ({ _id }: ClaimedOrder): LaunchReport => ({ orderId: _id }),
): Handler {
  const fulfil: Handler = async (order, { once, signal }) => {
    if (order.report) await once('report', () => askForReport(jobLauncherUrl, requestOf(order), signal));
  };
  fulfil.dependents = { report: true };
  return fulfil;
}

/** Has a Job launched for an order, whose name is made from the order's id. Throws {@link DependencyAway} when asking later can help. */
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
    // Given back or lost: that is the reason, not the launcher.
    if (signal.aborted) throw cause;
    throw new DependencyAway(
      `Failed to launch the report: no answer from ${jobLauncherUrl}: ${reasonOf(cause)}`,
      { cause },
    );
  });
  if (response.status !== LAUNCHED) throw await toError(response);
  // To its end, so that the connection is used again. The status says all.
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

/** Of a 502 the launcher itself says with a problem that Kubernetes refused this Job for good; one from a proxy is no such. */
function isAway({ status, headers }: Response): boolean {
  // Of something in front of the launcher: a log-in page.
  if (status < 400) return true;
  if (status === 502) return !headers.get('content-type')?.startsWith('application/problem+json');
  return [429, 503, 504].includes(status);
}

/** Of a failed fetch the cause says what happened: `connect ECONNREFUSED 127.0.0.1:8083`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
