export { ATTR, METRIC, ORDERS_COLLECTION, REPORTS_COLLECTION, SPAN } from './telemetry-names.ts';
export { jobCarrier, storedOrder, type JobCarrier, type StoredOrder } from './carrier.ts';
export {
  demoSwitches,
  orderSwitches,
  withoutSwitches,
  type DemoSwitches,
  type OrderSwitches,
} from './demo-switches.ts';
export {
  hasSteps,
  listOrders,
  orderId,
  orderPage,
  orderView,
  placedOrder,
  placeOrder,
  type ListOrders,
  type OrderPage,
  type OrderView,
  type PlacedOrder,
  type PlaceOrder,
} from './order.ts';
export { MAX_BATCH, placedOrders, placeOrders, type PlacedOrders, type PlaceOrders } from './order-batch.ts';
export {
  attemptRecord,
  deadLetter,
  deadLetterId,
  deadLetterPage,
  listDeadLetters,
  requeuedOrder,
  storedContext,
  type DeadLetter,
  type DeadLetterPage,
  type ListDeadLetters,
  type RequeuedOrder,
} from './dead-letter.ts';
export {
  ofSteps,
  orderStatus,
  shownStatus,
  STEP_STATUSES,
  storedStatuses,
  type OrderStatus,
  type StoredStatus,
} from './order-status.ts';
export { PARKED, type ParkOutcome, type Pause } from './order-pause.ts';
export { appended, appendedAll, appendedNew, appendedOnce, listOr, traceIdAsList } from './expressions.ts';
export { goOn, goOnAfter } from './go-on.ts';
export { countOfParts, inheritedByParts, partIds, type Part } from './parts.ts';
export { approvalsLeft, decidedOrder, decideOrder, type DecidedOrder, type DecideOrder } from './approval.ts';
export { isoDate } from './iso-date.ts';
export { numberOf } from './number-of.ts';
export { everyOf, isScheduled } from './schedule.ts';
export { FULFILLED_KEY } from './order-document.ts';
export type { AttemptOutcome, AttemptRecord, Lease, OrderDocument, ReportAttempt } from './order-document.ts';
export { messagingLink, messagingMetric, messagingSpan } from './messaging-attributes.ts';
export { problem, type Problem } from './problem.ts';
export {
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
