import type { TextMapGetter } from '@opentelemetry/api';

/** Says whether only the system itself writes what this getter reads: then it is not a public endpoint. */
export function isInternalGetter(getter: TextMapGetter<unknown>): boolean {
  return 'isInternal' in getter && getter.isInternal === true;
}
