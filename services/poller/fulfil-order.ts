import type { LaunchReport } from '@beyond-headers/contracts';
import { askForReport } from './ask-for-report.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import type { Handler } from './work.ts';

/**
 * Fulfils an order; one that asks for a report has a Job launched.
 * @param requestOf what the launcher is asked for
 */
export function fulfilOrder(jobLauncherUrl: string, requestOf = reportRequest): Handler {
  const fulfil: Handler = async (order, { once, signal }) => {
    if (order.report) await once('report', () => askForReport(jobLauncherUrl, requestOf(order), signal));
  };
  fulfil.dependents = { report: true };
  return fulfil;
}

function reportRequest({ _id }: ClaimedOrder): LaunchReport {
  return { orderId: _id };
}
