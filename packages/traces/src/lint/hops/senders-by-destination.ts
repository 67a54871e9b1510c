import { groupBy } from '../../tree/group-by.ts';
import type { MessageFacts } from '../model/facts.ts';
import type { SpanStore } from '../model/span-store.ts';
import { areOneSystem, destinationForms } from './message-keys.ts';

/** Finds the senders to a destination without comparing all of them. Unlike `areOneWay`, it doesn't match different routing keys. */
export class SendersByDestination {
  readonly #store: SpanStore;
  readonly #byText = new Map<string, readonly number[]>();
  readonly #byForm = new Map<string, (readonly number[])[]>();

  constructor(store: SpanStore, senders: readonly number[]) {
    this.#store = store;
    for (const [destination, group] of groupBy(
      senders,
      (sender) => store.messages.get(sender)?.destination,
    )) {
      const text = store.texts.text(destination ?? 0);
      this.#byText.set(text, group);
      for (const form of destinationForms(text))
        this.#byForm.set(form, [...(this.#byForm.get(form) ?? []), group]);
    }
  }

  to(taken: MessageFacts): number[] {
    const text = this.#store.texts.text(taken.destination);
    const exact = destinationForms(text).map((form) => this.#byText.get(form) ?? []);
    return [...new Set([...(this.#byForm.get(text) ?? []), ...exact])].flat().filter((sender) => {
      const sent = this.#store.messages.get(sender);
      return sent !== undefined && areOneSystem(sent, taken);
    });
  }
}
