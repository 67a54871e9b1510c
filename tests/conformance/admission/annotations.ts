import type { V1OwnerReference } from '@kubernetes/client-node';
import { ANNOTATION_PREFIX } from '@beyond-headers/propagation';

/* What the cases of pods and of Jobs share: annotations, and owners. */

export const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
export const OTHER_TRACEPARENT = '00-11111111111111111111111111111111-2222222222222222-01';
export const TRACE_SHAPE_ANNOTATION = 'beyond-headers/trace-shape';

/** Returns the annotations that carry these fields of a context. */
export const carried = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [ANNOTATION_PREFIX + field, value]));

export const owner = (kind: string, apiVersion = 'apps/v1', controller = true): V1OwnerReference => ({
  apiVersion,
  kind,
  name: 'owner',
  uid: '0c6a1f3e-31b1-4c5e-9d3c-6a4dd1c1d7a1',
  controller,
});
export const allFields = carried({ traceparent: TRACEPARENT, tracestate: 'a=1,b=2', baggage: 'tier=gold' });
export const withTraceparent = (traceparent: string) => carried({ traceparent });
export const withFields = (fields: Record<string, string>) =>
  carried({ traceparent: TRACEPARENT, ...fields });

/** Invalid values of a traceparent. */
export const NOT_VALID: Array<[name: string, traceparent: string]> = [
  ['empty', ''],
  ['in upper case', TRACEPARENT.toUpperCase()],
  ['with a line break after it', `${TRACEPARENT}\n`],
  ['with a line break before it', `\n${TRACEPARENT}`],
  ['with a space around it', ` ${TRACEPARENT}`],
  ['of a reference', '$(SECRET)'],
  ['with a reference after it', `${TRACEPARENT}-$(SECRET)`],
  ['of version ff', TRACEPARENT.replace('00', 'ff')],
  ['without a trace', TRACEPARENT.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32))],
  ['without a span', TRACEPARENT.replace('b7ad6b7169203331', '0'.repeat(16))],
  ['of 130 kB', TRACEPARENT.replace('00', 'cc') + `-${'x'.repeat(130_000)}`],
];
