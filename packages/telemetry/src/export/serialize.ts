import { messageOf } from '../log.ts';

interface Serializer<T> {
  serializeRequest(items: T[]): Uint8Array | undefined;
}

/** A request, and what is not in it. */
export interface Serialized {
  /** Absent if nothing is left to send. */
  body: Uint8Array | undefined;
  rejected: number;
  reason?: string;
}

/**
 * Serializes spans or log lines, without those that can't be. An SDK keeps a time that is not a date or a link without a span
 * context, and its serializer throws at it. One such span must not take the others of its batch along.
 */
export function serialize<T>(items: T[], serializer: Serializer<T>): Serialized {
  try {
    return { body: serializer.serializeRequest(items), rejected: 0 };
  } catch {
    return serializeSound(items, serializer);
  }
}

function serializeSound<T>(items: T[], serializer: Serializer<T>): Serialized {
  let reason = '';
  const sound = items.filter((item) => {
    try {
      return serializer.serializeRequest([item]);
    } catch (error) {
      reason = messageOf(error);
      return false;
    }
  });
  return {
    body: sound.length > 0 ? serializer.serializeRequest(sound) : undefined,
    rejected: items.length - sound.length,
    reason: `cannot be serialized: ${reason}`,
  };
}
