import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { setInterval } from 'node:timers/promises';
import { perSecond, together } from '../../rate.ts';
import { PAYLOAD } from '../peers/programs/harness.mjs';

const AT_A_TIME = 8;
const BATCH = 100;

/** A client that sends orders to a writer over keep-alive connections. */
export class Caller {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(port: number) {
    this.#port = port;
  }

  /** Sends each order in its own request, 8 at a time. Resolves with orders per second. */
  single(count: number): Promise<number> {
    return perSecond(count, () => together(count, AT_A_TIME, () => this.#post('/orders', PAYLOAD)));
  }

  /** Sends the orders in batches, 8 batches at a time. Resolves with orders per second. */
  batches(count: number): Promise<number> {
    const body = { orders: Array.from({ length: BATCH }, () => PAYLOAD) };
    const post = () => this.#post('/orders/batch', body);
    return perSecond(count, () => together(count / BATCH, AT_A_TIME, post));
  }

  /** Sends requests at a steady rate, without waiting for earlier responses. Resolves with the milliseconds that each took. */
  async steady(count: number, rate: number): Promise<number[]> {
    const times: Array<Promise<number>> = [];
    for await (const order of setInterval(1_000 / rate, PAYLOAD)) {
      times.push(this.#timed(order));
      if (times.length === count) break;
    }
    return Promise.all(times);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #timed(order: object): Promise<number> {
    const startedAt = performance.now();
    await this.#post('/orders', order);
    return performance.now() - startedAt;
  }

  async #post(path: string, body: unknown): Promise<void> {
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const to = { port: this.#port, host: '127.0.0.1', path, agent: this.#agent };
    const sent = request({ ...to, method: 'POST', headers }).end(text);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    if (response.statusCode !== 202)
      throw new Error(`POST ${path} answered ${response.statusCode}, expected 202.`);
  }
}
