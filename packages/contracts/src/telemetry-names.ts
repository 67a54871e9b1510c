import { ATTRIBUTES } from './telemetry/attributes.ts';
import { namesOf } from './telemetry/declarations.ts';
import { METRICS } from './telemetry/metrics.ts';
import { SPANS } from './telemetry/spans.ts';

/** The names of our own spans, as the code writes them; what each means is in `telemetry/spans.ts`. */
export const SPAN = namesOf(SPANS);
/** The names of the attributes that our own code sets: `telemetry/attributes.ts`. */
export const ATTR = namesOf(ATTRIBUTES);
/** The names of our metrics: `telemetry/metrics.ts`. */
export const METRIC = namesOf(METRICS);

/** The collection that works as a queue: destination name of the messaging spans. */
export const ORDERS_COLLECTION = 'orders';
export const REPORTS_COLLECTION = 'reports';
