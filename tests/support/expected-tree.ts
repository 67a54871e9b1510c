import type { EdgeRow } from '@beyond-headers/traces';

/** The tree that the design fixes, as rows of (parent, child), cut where a carrier can be switched off. */

export const written: EdgeRow[] = [
  [null, 'writer SERVER POST /orders'],
  ['writer SERVER POST /orders', 'writer PRODUCER send orders'],
  ['writer PRODUCER send orders', 'writer CLIENT update orders'],
];

/** How the poller ends an order, wherever its attempt stands. */
const settled: EdgeRow = ['poller CONSUMER process orders', 'poller CLIENT settle orders'];

/** What the document carries. */
export const documentCarrier: EdgeRow[] = [
  ['writer PRODUCER send orders', 'poller INTERNAL wait orders'],
  ['writer PRODUCER send orders', 'poller CONSUMER process orders'],
  settled,
];

/** The poller when the document carried nothing. */
export const brokenDocument: EdgeRow[] = [
  [null, 'poller CONSUMER process orders'],
  ['poller CONSUMER process orders', 'poller INTERNAL wait orders'],
  settled,
];

/** The poller in shape `link`: a new trace, while the wait stays with the order. */
export const linkedDocument: EdgeRow[] = [[null, 'poller CONSUMER process orders'], settled];
export const waitStaysWithOrder: EdgeRow[] = [['writer PRODUCER send orders', 'poller INTERNAL wait orders']];

/** A run of a scheduled order: a new trace that has its own wait. */
export const scheduledRun: EdgeRow[] = [
  [null, 'poller CONSUMER process orders'],
  ['poller CONSUMER process orders', 'poller INTERNAL wait orders'],
  settled,
];

/** An order that was held goes on from where it stopped. */
export const goesOn: EdgeRow[] = [
  ['poller CONSUMER process orders', 'poller CONSUMER process orders'],
  ['poller CONSUMER process orders', 'poller INTERNAL wait orders'],
];

/** The request that let it go on, in a trace of its own. */
export const approved: EdgeRow[] = [
  [null, 'writer SERVER POST /orders/:id/approval'],
  ['writer SERVER POST /orders/:id/approval', 'writer CLIENT find orders'],
  ['writer SERVER POST /orders/:id/approval', 'writer PRODUCER approve orders'],
  ['writer PRODUCER approve orders', 'writer CLIENT update orders'],
];

/** The same when the segment that stopped was not passed on. */
export const goesOnUnderApprover: EdgeRow[] = [
  ['writer PRODUCER approve orders', 'poller INTERNAL wait orders'],
  ['writer PRODUCER approve orders', 'poller CONSUMER process orders'],
  settled,
];

/** An order is split, and each part carries where it was written. */
export const splitIntoParts: EdgeRow[] = [
  ['poller CONSUMER process orders', 'poller PRODUCER split orders'],
  // That they are written, in the order's ledger.
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

/** What the Job's environment carries. */
export const jobCarrier: EdgeRow[] = [
  ['job-launcher PRODUCER launch report-job', 'report-job CONSUMER run report-job'],
];

/** What Kubernetes says of the pod, which the launcher's observer hangs where the Job's environment points. */
export const observed: EdgeRow[] = [
  ['job-launcher PRODUCER launch report-job', 'job-launcher INTERNAL wait pod'],
  ['job-launcher PRODUCER launch report-job', 'job-launcher INTERNAL observe report-job'],
];

/** The job when its environment carried nothing. */
export const brokenJob: EdgeRow[] = [[null, 'report-job CONSUMER run report-job']];

export const reported: EdgeRow[] = [
  ['report-job CONSUMER run report-job', 'report-job CLIENT aggregate*'],
  ['report-job CONSUMER run report-job', 'report-job CLIENT insert reports'],
];

/**
 * The same rows where writer, poller and launcher share one process, and so one service name. Without it the updates of
 * the writer and of the poller are the same to a row: those are left to the scenarios.
 */
export const inOneProcess = (rows: EdgeRow[]): EdgeRow[] =>
  rows
    .filter(([, child]) => !child.endsWith('CLIENT update orders'))
    .map(([parent, child]) => [parent && anyService(parent), anyService(child)]);

const anyService = (label: string) => label.replace(/^(writer|poller|job-launcher) /, '* ');
