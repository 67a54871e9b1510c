import { isMongoUnavailable } from '@beyond-headers/service-kit/mongo';
import { backOff } from './backoff.ts';

const RETRY_BASE_MS = 100;
const RETRY_MAX_MS = 2_000;

/**
 * Retries a write while the database is unavailable, however long that takes: only its response can show that a lease was lost.
 * A write whose response was lost may have taken effect, so a retry must recognize what an earlier run did.
 *
 * Rejects with an error that a retry can't change, and with the last error after the signal aborts.
 */
export async function untilAnswered<T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await write();
    } catch (error) {
      if (!isMongoUnavailable(error) || signal.aborted) throw error;
      await backOff(failures, RETRY_BASE_MS, RETRY_MAX_MS, signal);
    }
  }
}
