import { Agent, request } from 'node:http';
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
  async steady(count: number, perSecond: number): Promise<number[]> {
    const times: Array<Promise<number>> = [];
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        times.push(this.#timed());
        if (times.length < count) return;
        clearInterval(timer);
        resolve();
      }, 1_000 / perSecond);
    });
    return Promise.all(times);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #timed(): Promise<number> {
    const startedAt = performance.now();
    await this.#post('/orders', PAYLOAD);
    return performance.now() - startedAt;
  }

  #post(path: string, body: unknown): Promise<void> {
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const options = {
      port: this.#port,
      host: '127.0.0.1',
      path,
      method: 'POST',
      headers,
      agent: this.#agent,
    };
    return new Promise((resolve, reject) => {
      const sent = request(options, (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 202) resolve();
          else reject(new Error(`POST ${path} answered ${response.statusCode}, expected 202.`));
        });
      });
      sent.on('error', reject).end(text);
    });
  }
}
