import { captureContext } from '@beyond-headers/propagation';
import { trace } from '@opentelemetry/api';
import { mongo, signUps } from './sign-ups.ts';

const email = process.argv[2] ?? 'nobody@example.org';

await trace.getTracer('sign-up').startActiveSpan('sign up', async (span) => {
  const context = captureContext();
  await signUps.insertOne({ email, status: 'new', ...(context && { context }) });
  console.log(`signed up ${email} in trace ${span.spanContext().traceId}`);
  span.end();
});
await mongo.close();
