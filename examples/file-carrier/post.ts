import { writeFile } from 'node:fs/promises';
import { injectCurrentContext } from '@beyond-headers/propagation';
import { trace } from '@opentelemetry/api';
import { headCarrier } from './head-carrier.ts';

const [to = 'nobody', text = ''] = process.argv.slice(2);

await trace.getTracer('sender').startActiveSpan('post letter', async (span) => {
  const head = injectCurrentContext([`to: ${to}`], headCarrier);
  await writeFile('letter.txt', `${head.join('\n')}\n\n${text}\n`);
  console.log(`posted in trace ${span.spanContext().traceId}`);
  span.end();
});
