import { readFile } from 'node:fs/promises';
import { extractContext, startFrom } from '@beyond-headers/propagation';
import { trace } from '@opentelemetry/api';
import { headCarrier } from './head-carrier.ts';

const [head = '', text = ''] = (await readFile('letter.txt', 'utf8')).split('\n\n', 2);
const carried = extractContext(head.split('\n'), headCarrier);
const { context, ...start } = startFrom({ shape: 'parent', carried });

trace.getTracer('postman').startActiveSpan('deliver letter', start, context, (span) => {
  console.log(`delivered in trace ${span.spanContext().traceId}: ${text.trim()}`);
  span.end();
});
