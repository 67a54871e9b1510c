import { Agent, request } from 'node:http';

const ORDER = { customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }] };
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
    return this.#rate(count, () => this.#post('/orders', ORDER), 1);
  }

  /** Sends the orders in batches, 8 batches at a time. Resolves with orders per second. */
  batches(count: number): Promise<number> {
    return this.#rate(
      count / BATCH,
      () => this.#post('/orders/batch', { orders: Array.from({ length: BATCH }, () => ORDER) }),
      BATCH,
    );
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
    await this.#post('/orders', ORDER);
    return performance.now() - startedAt;
  }

  async #rate(requests: number, post: () => Promise<void>, orders: number): Promise<number> {
    let left = requests;
    const startedAt = performance.now();
    const work = async () => {
      while (left-- > 0) await post();
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    return ((requests * orders) / (performance.now() - startedAt)) * 1_000;
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
