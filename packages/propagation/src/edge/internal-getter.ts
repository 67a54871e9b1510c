import type { TextMapGetter } from '@opentelemetry/api';

/** Reports whether only your own system writes the carriers that this getter reads. Edge policies don't apply to them. */
export function isInternalGetter(getter: TextMapGetter<unknown>): boolean {
  return 'isInternal' in getter && getter.isInternal === true;
}
