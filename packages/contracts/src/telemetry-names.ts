import { ATTRIBUTES } from './telemetry/attributes.ts';
import { namesOf } from './telemetry/declarations.ts';
import { METRICS } from './telemetry/metrics.ts';
import { SPANS } from './telemetry/spans.ts';

/** The names of our own spans. `telemetry/spans.ts` describes the spans. */
export const SPAN = namesOf(SPANS);
/** The names of the attributes that our own code sets. `telemetry/attributes.ts` describes them. */
export const ATTR = namesOf(ATTRIBUTES);
/** The names of our metrics. `telemetry/metrics.ts` describes them. */
export const METRIC = namesOf(METRICS);

/** The collection that serves as the queue: the destination name of the messaging spans. */
export const ORDERS_COLLECTION = 'orders';
export const REPORTS_COLLECTION = 'reports';
