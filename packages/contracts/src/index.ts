export { ATTR, METRIC, ORDERS_COLLECTION, REPORTS_COLLECTION, SPAN } from './telemetry-names.ts';
export { jobCarrier, storedOrder, type JobCarrier, type StoredOrder } from './carrier.ts';
export {
  demoSwitches,
  DOCUMENT_PITFALLS,
  JOB_PITFALLS,
  withoutSwitches,
  type DemoSwitches,
} from './demo-switches.ts';
export {
  listOrders,
  orderId,
  orderItem,
  orderPage,
  orderStatus,
  orderView,
  placedOrder,
  placeOrder,
  type ListOrders,
  type OrderItem,
  type OrderPage,
  type OrderStatus,
  type OrderView,
  type PlacedOrder,
  type PlaceOrder,
} from './order.ts';
export {
  attemptRecord,
  deadLetter,
  deadLetterPage,
  listDeadLetters,
  requeuedOrder,
  storedContext,
  type DeadLetter,
  type DeadLetterPage,
  type ListDeadLetters,
  type RequeuedOrder,
} from './dead-letter.ts';
export { isoDate } from './iso-date.ts';
export type {
  AttemptOutcome,
  AttemptRecord,
  LedgerEntry,
  Lease,
  OrderDocument,
  ReportAttempt,
} from './order-document.ts';
export { messagingLink, messagingMetric, messagingSpan } from './messaging-attributes.ts';
export { problem, type Problem } from './problem.ts';
export {
  jobAttempt,
  jobName,
  jobPhase,
  launchedReport,
  launchReport,
  reportStatus,
  runTimes,
  type JobAttempt,
  type JobPhase,
  type LaunchedReport,
  type LaunchReport,
  type ReportDocument,
  type ReportStatus,
  type RunTimes,
} from './report.ts';
