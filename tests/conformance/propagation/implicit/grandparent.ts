// Starts a child twice inside a span: with the inherited environment, and with the current context. Prints the parent of each.
import { execFileSync } from 'node:child_process';
import { environmentForChild } from '@beyond-headers/propagation';
import { context, trace } from '@opentelemetry/api';

const PRINT_PARENT = 'process.stdout.write((process.env.TRACEPARENT ?? "").split("-")[2] ?? "")';

trace.getTracer('program').startActiveSpan('step', (span) => {
  const inherited = parentOfChild(process.env);
  const current = parentOfChild(environmentForChild());
  span.end();
  const step = trace.getSpan(context.active())?.spanContext().spanId;
  console.log(JSON.stringify({ inherited, current, step }));
});

function parentOfChild(env: NodeJS.ProcessEnv): string {
  return execFileSync(process.execPath, ['-e', PRINT_PARENT], { env }).toString();
}
