import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** Places orders at an even rate, every so many of them with a report, until it is told to stop. */
const writerUrl = process.env['WRITER_URL'] ?? 'http://127.0.0.1:8081';
const ratePerSecond = positive('LOAD_RATE', 2);
const reportEvery = positive('LOAD_REPORT_EVERY', 20);
const HOST = process.env['HOST'] ?? '127.0.0.1';
const HEALTH_PORT = Number(process.env['HEALTH_PORT'] ?? 8085);
const REQUEST_TIMEOUT_MS = 5_000;

const stopped = new AbortController();
let lastOutcome = 'no order was placed yet';

const health = createServer((_request, response) => {
  response.statusCode = lastOutcome === 'accepted' ? 200 : 503;
  response.end(lastOutcome);
}).listen(HEALTH_PORT, HOST);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

for (let count = 1; !stopped.signal.aborted; count++) {
  void place(count % reportEvery === 0).then(say);
  await delay(1_000 / ratePerSecond, undefined, { signal: stopped.signal }).catch(() => {});
}
health.close();

async function place(report: boolean): Promise<string> {
  try {
    const response = await fetch(`${writerUrl}/orders`, {
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

/** Once for each change, or a writer that is down would fill the log. */
function say(outcome: string): void {
  if (outcome !== lastOutcome) console.log(`orders at ${writerUrl}: ${outcome}`);
  lastOutcome = outcome;
}

function positive(name: string, fallback: number): number {
  const text = process.env[name]?.trim();
  const value = text ? Number(text) : fallback;
  if (value > 0) return value;
  throw new Error(`${name}: got ${JSON.stringify(text)}. Expected a number above 0.`);
}
