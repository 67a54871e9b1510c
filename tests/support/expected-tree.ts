import type { EdgeRow } from '@beyond-headers/traces';

/** The expected tree, as rows of (parent, child), split into lists wherever a carrier can be switched off. */

export const written: EdgeRow[] = [
  [null, 'writer SERVER POST /orders'],
  ['writer SERVER POST /orders', 'writer PRODUCER send orders'],
  ['writer PRODUCER send orders', 'writer CLIENT update orders'],
];

/** The poller settles an order below its attempt, in every trace. */
const settled: EdgeRow = ['poller CONSUMER process orders', 'poller CLIENT settle orders'];

/** The spans that are connected by the document. */
export const documentCarrier: EdgeRow[] = [
  ['writer PRODUCER send orders', 'poller INTERNAL wait orders'],
  ['writer PRODUCER send orders', 'poller CONSUMER process orders'],
  settled,
];

/** The poller's spans if the document carries nothing. */
export const brokenDocument: EdgeRow[] = [
  [null, 'poller CONSUMER process orders'],
  ['poller CONSUMER process orders', 'poller INTERNAL wait orders'],
  settled,
];

/** With the shape `link`, the poller starts a new trace, while the wait stays in the trace of the order. */
export const linkedDocument: EdgeRow[] = [[null, 'poller CONSUMER process orders'], settled];
export const waitStaysWithOrder: EdgeRow[] = [['writer PRODUCER send orders', 'poller INTERNAL wait orders']];

/** A run of a scheduled order is a new trace, which includes the wait. */
export const scheduledRun: EdgeRow[] = [
  [null, 'poller CONSUMER process orders'],
  ['poller CONSUMER process orders', 'poller INTERNAL wait orders'],
  settled,
];

/** A held order continues from where it stopped. */
export const goesOn: EdgeRow[] = [
  ['poller CONSUMER process orders', 'poller CONSUMER process orders'],
  ['poller CONSUMER process orders', 'poller INTERNAL wait orders'],
];

/** The approval that resumed the order has its own trace. */
export const approved: EdgeRow[] = [
  [null, 'writer SERVER POST /orders/:id/approval'],
  ['writer SERVER POST /orders/:id/approval', 'writer CLIENT find orders'],
  ['writer SERVER POST /orders/:id/approval', 'writer PRODUCER approve orders'],
  ['writer PRODUCER approve orders', 'writer CLIENT update orders'],
];

/** A held order continues below the approval, if the context of its last segment wasn't carried. */
export const goesOnUnderApprover: EdgeRow[] = [
  ['writer PRODUCER approve orders', 'poller INTERNAL wait orders'],
  ['writer PRODUCER approve orders', 'poller CONSUMER process orders'],
  settled,
];

/** The order is split, and each part carries the context of the write. */
export const splitIntoParts: EdgeRow[] = [
  ['poller CONSUMER process orders', 'poller PRODUCER split orders'],
  // The order's own document also stores that its parts are written.
  ['poller CONSUMER process orders', 'poller CLIENT update orders'],
  ['poller PRODUCER split orders', 'poller CLIENT update orders'],
  ['poller PRODUCER split orders', 'poller INTERNAL wait orders'],
  ['poller PRODUCER split orders', 'poller CONSUMER process orders'],
];

export const launched: EdgeRow[] = [
  ['poller CONSUMER process orders', 'poller CLIENT POST'],
  ['poller CLIENT POST', 'job-launcher SERVER POST /reports'],
  ['job-launcher SERVER POST /reports', 'job-launcher PRODUCER launch report-job'],
  ['job-launcher PRODUCER launch report-job', 'job-launcher CLIENT POST'],
];

/** The spans that are connected by the Job's environment. */
export const jobCarrier: EdgeRow[] = [
  ['job-launcher PRODUCER launch report-job', 'report-job CONSUMER run report-job'],
];

/** The launcher's observer creates these spans from the pod's status, below the context in the Job's environment. */
export const observed: EdgeRow[] = [
  ['job-launcher PRODUCER launch report-job', 'job-launcher INTERNAL wait pod'],
  ['job-launcher PRODUCER launch report-job', 'job-launcher INTERNAL observe report-job'],
];

/** The job's span if its environment carries nothing. */
export const brokenJob: EdgeRow[] = [[null, 'report-job CONSUMER run report-job']];

export const reported: EdgeRow[] = [
  ['report-job CONSUMER run report-job', 'report-job CLIENT aggregate*'],
  ['report-job CONSUMER run report-job', 'report-job CLIENT insert reports'],
];

/**
 * Returns the rows for tests in which writer, poller, and launcher share one process, and so one service name. Drops the updates, because
 * those of the writer and of the poller then look the same. Scenarios test them.
 */
export const inOneProcess = (rows: EdgeRow[]): EdgeRow[] =>
  rows
    .filter(([, child]) => !child.endsWith('CLIENT update orders'))
    .map(([parent, child]) => [parent && anyService(parent), anyService(child)]);

const anyService = (label: string) => label.replace(/^(writer|poller|job-launcher) /, '* ');
