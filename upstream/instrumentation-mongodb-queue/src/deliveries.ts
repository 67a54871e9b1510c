/** An attempt at a message, from `get` until it is acknowledged or times out. */
interface Delivery {
  messageId: string;
  token: string;
  timer: NodeJS.Timeout;
  end: (error?: Error | null) => void;
}

/** A message was not acknowledged while it was hidden, so the queue delivers it to the next caller of `get`. */
export class VisibilityTimeout extends Error {
  override name = 'VisibilityTimeout';
}

/** The open attempts. Each one ends once, when it is acknowledged or times out. */
export class Deliveries {
  readonly #byToken = new Map<string, Delivery>();
  readonly #byMessage = new Map<string, Delivery>();

  /** Ends the attempt before a new delivery of its message. Its timer may not have fired yet. */
  endOf(messageId: string): void {
    this.#timeOut(this.#byMessage.get(messageId));
  }

  begin(messageId: string, token: string, visibilityMs: number, end: Delivery['end']): void {
    const delivery: Delivery = { messageId, token, end, timer: this.#timer(token, visibilityMs) };
    this.#byToken.set(token, delivery);
    this.#byMessage.set(messageId, delivery);
  }

  extend(token: string, visibilityMs: number): void {
    const delivery = this.#byToken.get(token);
    if (!delivery) return;
    clearTimeout(delivery.timer);
    delivery.timer = this.#timer(token, visibilityMs);
  }

  settle(token: string, error?: Error | null): void {
    const delivery = this.#byToken.get(token);
    if (!delivery) return;
    clearTimeout(delivery.timer);
    this.#byToken.delete(token);
    this.#byMessage.delete(delivery.messageId);
    delivery.end(error);
  }

  #timer(token: string, visibilityMs: number): NodeJS.Timeout {
    const timeOut = () => this.#timeOut(this.#byToken.get(token));
    return setTimeout(timeOut, visibilityMs).unref();
  }

  #timeOut(delivery: Delivery | undefined): void {
    if (!delivery) return;
    this.settle(delivery.token, new VisibilityTimeout('not acknowledged while it was hidden from others'));
  }
}
