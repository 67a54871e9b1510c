import { propagation, trace, type Context } from '@opentelemetry/api';

const target = Buffer.alloc(4096);
let at = 0;

/** Reads every character of a text as a sender does. V8 builds texts lazily, so one that is not read is cheaper than it will be. */
export function readWhole(...texts: string[]): void {
  at = 0;
  for (const text of texts) at += target.write(text, at, 'latin1');
}

/** Reads what a caller can ask an extracted context for. */
export function readContext(context: Context): void {
  const spanContext = trace.getSpanContext(context);
  if (!spanContext) throw new Error('Nothing was extracted.');
  const { traceId, spanId, traceFlags, isRemote, traceState } = spanContext;
  readWhole(traceId, spanId, traceFlags === 1 && isRemote ? '01' : '00');
  if (traceState) readWhole(traceState.serialize());
  for (const [key, { value }] of propagation.getBaggage(context)?.getAllEntries() ?? [])
    readWhole(key, value);
}
