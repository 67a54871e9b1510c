import { messageOf } from '../log.ts';

interface Serializer<T> {
  serializeRequest(items: T[]): Uint8Array | undefined;
}

/** The body of a request, and the number of items that it leaves out. */
export interface Serialized {
  /** Absent if nothing is left to send. */
  body: Uint8Array | undefined;
  rejected: number;
  reason?: string;
}

/**
 * Serializes spans or log lines, and leaves out those that can't be serialized. An SDK keeps an invalid time, or a link without a
 * span context, but its serializer throws for it. One such span must not block the others in its batch.
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
