import { trace } from '@opentelemetry/api';
import type { WithId } from 'mongodb';
import { mongo, signUps, type SignUp } from './sign-ups.ts';

for (let next = await claim(); next; next = await claim()) await greet(next);
await mongo.close();

function claim() {
  return signUps.findOneAndUpdate({ status: 'new' }, { $set: { status: 'claimed' } });
}

async function greet({ _id, email }: WithId<SignUp>) {
  await trace.getTracer('greeter').startActiveSpan('greet', async (span) => {
    console.log(`welcome ${email} in trace ${span.spanContext().traceId}`);
    await signUps.updateOne({ _id }, { $set: { status: 'greeted' } });
    span.end();
  });
}
