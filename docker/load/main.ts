import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '@beyond-headers/service-kit/config';
import { loadConfig } from './config.ts';

/** Places orders at a constant rate until it receives a signal to stop. A fixed share of them asks for a report. */
const config = readConfig(loadConfig);
const REQUEST_TIMEOUT_MS = 5_000;

const stopped = new AbortController();
let lastOutcome = 'no order was placed yet';

const health = createServer((_request, response) => {
  response.statusCode = lastOutcome === 'accepted' ? 200 : 503;
  response.end(lastOutcome);
}).listen(config.HEALTH_PORT, config.HOST);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

for (let count = 1; !stopped.signal.aborted; count++) {
  void place(count % config.LOAD_REPORT_EVERY === 0).then(say);
  await delay(1_000 / config.LOAD_RATE, undefined, { signal: stopped.signal }).catch(() => {});
}
health.close();

async function place(report: boolean): Promise<string> {
  try {
    const response = await fetch(`${config.WRITER_URL}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        customer: 'load',
        items: [{ sku: 'tea', quantity: 1, unitPriceCents: 350 }],
        report,
      }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    await response.arrayBuffer();
    return response.status === 202 ? 'accepted' : `refused with ${response.status}`;
  } catch (error) {
    return `no answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Logs only changes of the outcome, because a writer that is down would otherwise fill the log. */
function say(outcome: string): void {
  if (outcome !== lastOutcome) console.log(`orders at ${config.WRITER_URL}: ${outcome}`);
  lastOutcome = outcome;
}
