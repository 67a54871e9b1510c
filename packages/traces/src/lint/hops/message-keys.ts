import type { MessageFacts } from '../model/facts.ts';
import type { Interner } from '../model/interner.ts';

/** Reports whether an id looks random: long, and with digits. Such an id identifies one message, whatever its destination. */
export function isDistinctive(id: string): boolean {
  return id.length >= 16 && /\d/.test(id);
}

/** Reports whether a span names neither the id of its message nor a key or conversation. */
export const namesNothing = ({ id, correlation }: MessageFacts): boolean => id === 0 && correlation === 0;

/** Reports whether two spans may have the same message, by system and destination. A message may be forwarded with another routing key. */
export function areOneWay(texts: Interner, sent: MessageFacts, taken: MessageFacts): boolean {
  if (!areOneSystem(sent, taken)) return false;
  return (sent.place !== 0 && sent.place === taken.place) || areOneDestination(texts, sent, taken);
}

/** A missing system matches any system. */
export const areOneSystem = (sent: MessageFacts, taken: MessageFacts): boolean =>
  sent.system === taken.system || sent.system === 0 || taken.system === 0;

const areOneDestination = (texts: Interner, sent: MessageFacts, taken: MessageFacts): boolean =>
  sent.destination === taken.destination ||
  destinationsMeet(texts.text(sent.destination), texts.text(taken.destination));

/**
 * For RabbitMQ, a producer names the exchange and the routing key. A consumer names these and the queue, or only the queue. A cloud's queue
 * may be a URL.
 */
function destinationsMeet(sent: string, taken: string): boolean {
  return destinationForms(taken).includes(sent) || destinationForms(sent).includes(taken);
}

/** Returns the forms in which the other side may name a destination, the most exact first. */
export function destinationForms(destination: string): string[] {
  const parts = destination.split(':').filter((part) => part !== '');
  const forms = [
    destination,
    parts.join(':'),
    parts.slice(0, -1).join(':'),
    parts.at(-1) ?? '',
    parts[0] ?? '',
    destination.split('/').at(-1) ?? '',
  ];
  return [...new Set(forms)].filter((form) => form !== '');
}
