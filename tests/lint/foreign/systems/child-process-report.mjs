// The child of child-process.mjs: what it is called in comes from its environment.
import { contextOf, inSpan, writeSpans } from './harness.mjs';

await inSpan('write report', async () => {}, {}, contextOf({ traceparent: process.env.TRACEPARENT }));
await writeSpans();
