import { SpanStore } from '../lint/model/span-store.ts';
import { readSpansInto } from '../lint/read/files.ts';
import { Sink } from '../lint/read/input.ts';
import { file, folder } from './folder.ts';
import { group } from './otlp.ts';

/** Reads a file. Returns its spans as `service name`, and its problems without the path of the folder. */
export async function read(content: string | Uint8Array): Promise<{ spans: string[]; problems: string[] }> {
  const sink = new Sink(new SpanStore());
  await readSpansInto(sink, await file('spans', content));
  const { store } = sink;
  const spans = Array.from(
    { length: store.size },
    (_, span) => `${store.serviceOf(span)} ${store.nameOf(span)}`,
  );
  return { spans, problems: sink.problems.map((problem) => problem.replaceAll(`${folder}/`, '')) };
}

export const span = (name: string, more: object = {}) => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  name,
  kind: 'SPAN_KIND_SERVER',
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000001000000',
  ...more,
});
export const otlp = (...spans: object[]) => ({ resourceSpans: [group('shop', ...spans)] });
export const whole = { spans: ['shop a', 'shop b'], problems: [] };
export const [a, b] = [otlp(span('a')), otlp(span('b', { spanId: 'b7ad6b7169203332' }))];
