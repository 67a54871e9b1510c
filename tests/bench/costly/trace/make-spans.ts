// Creates one trace of SPANS spans, and prints how many were delivered or lost. With PACED=yes, it never overfills the queue.
import { context, trace, type Context } from '@opentelemetry/api';
import { setTimeout as delay } from 'node:timers/promises';
import { deliveryStatus } from '@beyond-headers/telemetry';

const CHILDREN = 100;

const spans = Number(process.env['SPANS']);
const maxWaiting = process.env['PACED'] === 'yes' ? 1_000 : Number.POSITIVE_INFINITY;
const tracer = trace.getTracer('bench');
const waiting = () => deliveryStatus()?.waiting ?? 0;

const root = tracer.startSpan('root', { root: true });
const below = (parent: Context, name: string) =>
  tracer.startSpan(name, { attributes: { 'bench.kind': name } }, parent);
const underRoot = trace.setSpan(context.active(), root);
for (let made = 1; made < spans;) {
  const group = below(underRoot, 'group');
  const underGroup = trace.setSpan(underRoot, group);
  made++;
  for (let child = 0; child < CHILDREN && made < spans; child++, made++) below(underGroup, 'work').end();
  group.end();
  while (waiting() > maxWaiting) await delay(1);
}
root.end();
while (waiting() > 0) await delay(10);
console.log(JSON.stringify({ traceId: root.spanContext().traceId, ...deliveryStatus() }));
