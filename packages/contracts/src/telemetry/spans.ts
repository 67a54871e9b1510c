import type { AttributeKey } from './attributes.ts';
import { JOB_SPANS } from './job-spans.ts';
import { ORDER_SPANS } from './order-spans.ts';

/** The attributes that any span may have, including the spans of instrumentations. */
export const ON_ANY_SPAN = {
  errorType: 'if it ended with an error',
  customerTier: 'if the work carries it as baggage',
} as const satisfies Partial<Record<AttributeKey, string>>;

/** All of our own spans. */
export const SPANS = { ...ORDER_SPANS, ...JOB_SPANS };
