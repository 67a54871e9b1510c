import type { OrderPage, OrderView, PlacedOrder } from '@beyond-headers/contracts';
import { until } from '../../support/until.ts';

const FULFILLED_MS = 60_000;

/** Places and reads the orders of a running system, through its writer. */
export class Orders {
  readonly #writer: string;

  constructor(writer: string) {
    this.#writer = writer;
  }

  place(report: boolean): Promise<PlacedOrder> {
    const items = [{ sku: 'lamp', quantity: 1, unitPriceCents: 1999 }];
    return this.#ask<PlacedOrder>('/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer: 'ada', items, report }),
    });
  }

  read(orderId: string): Promise<OrderView> {
    return this.#ask<OrderView>(`/orders/${orderId}`);
  }

  /** Returns at most a hundred orders, newest first. */
  async list(): Promise<OrderView[]> {
    return (await this.#ask<OrderPage>('/orders?limit=100')).orders;
  }

  async newest(): Promise<OrderView | undefined> {
    return (await this.list())[0];
  }

  async untilFulfilled(orderId: string): Promise<void> {
    await until(
      () => this.read(orderId),
      ({ status }) => status === 'fulfilled',
      { deadlineMs: FULFILLED_MS, what: `order ${orderId}, fulfilled,` },
    );
  }

  async #ask<T>(path: string, request?: RequestInit): Promise<T> {
    const response = await fetch(this.#writer + path, request);
    if (!response.ok) throw new Error(`${path}: got ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
