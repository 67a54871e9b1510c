import { askForReport } from './ask-for-report.ts';
import { actOutDemo } from './demo-faults.ts';
import type { Handler } from './work.ts';

/** Fulfils an order; one that asks for a report has a Job launched. */
export function fulfilOrder(jobLauncherUrl: string): Handler {
  const fulfil: Handler = async (order, { once, signal }) => {
    await actOutDemo(order, signal);
    if (order.report) await once('report', () => askForReport(jobLauncherUrl, order, signal));
  };
  fulfil.dependents = { report: true };
  return fulfil;
}
