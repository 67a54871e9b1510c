import type { MessageFacts } from '../model/facts.ts';
import type { Interner } from '../model/interner.ts';

/** Long enough, and with digits in it, to be made by chance: such an id names one message wherever it is seen. */
export function isDistinctive(id: string): boolean {
  return id.length >= 16 && /\d/.test(id);
}

/** Whether a span does not say which message it is about. */
export const namesNothing = ({ id, correlation }: MessageFacts): boolean => id === 0 && correlation === 0;

/** Whether two spans can speak of one message, as far as system and destination say. A message may be sent on under another routing key. */
export function areOneWay(texts: Interner, sent: MessageFacts, taken: MessageFacts): boolean {
  if (!areOneSystem(sent, taken)) return false;
  return (sent.place !== 0 && sent.place === taken.place) || areOneDestination(texts, sent, taken);
}

/** What one of the two does not say decides nothing. */
export const areOneSystem = (sent: MessageFacts, taken: MessageFacts): boolean =>
  sent.system === taken.system || sent.system === 0 || taken.system === 0;

const areOneDestination = (texts: Interner, sent: MessageFacts, taken: MessageFacts): boolean =>
  sent.destination === taken.destination ||
  destinationsMeet(texts.text(sent.destination), texts.text(taken.destination));

/** Of RabbitMQ a producer names exchange and routing key, a consumer those and the queue, or the queue alone. A cloud's queue may be a URL. */
function destinationsMeet(sent: string, taken: string): boolean {
  return destinationForms(taken).includes(sent) || destinationForms(sent).includes(taken);
}

/** A destination as the other side may name it, the most exact first. */
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
