import { actOutDemo } from './demo-faults.ts';
import type { Handler } from './work.ts';

const LAUNCH_TIMEOUT_MS = 5_000;

/** Fulfils an order; one that asks for a report has a Job launched, whose name is made from the order's id. */
export function fulfilOrder(jobLauncherUrl: string): Handler {
  return async function fulfil(order, { once, signal }) {
    await actOutDemo(order, signal);
    if (!order.report) return;
    await once('report', async () => {
      const response = await fetch(`${jobLauncherUrl}/reports`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ orderId: order._id, ...(order.demo && { demo: order.demo }) }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(LAUNCH_TIMEOUT_MS)]),
      }).catch((cause: unknown) => {
        // Given back or lost: that is the reason, not the launcher.
        if (signal.aborted) throw cause;
        throw new Error(`Failed to launch the report: no answer from ${jobLauncherUrl}: ${reasonOf(cause)}`, {
          cause,
        });
      });
      if (response.ok) return;
      throw new Error(
        `Failed to launch the report: job-launcher answered ${response.status} ${await response.text()}`,
      );
    });
  };
}

/** Of a failed fetch the cause says what happened: `connect ECONNREFUSED 127.0.0.1:8083`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
