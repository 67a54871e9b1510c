import { isMongoUnavailable } from '@beyond-headers/service-kit/mongo';
import { backOff } from './backoff.ts';

const RETRY_BASE_MS = 100;
const RETRY_MAX_MS = 2_000;

/**
 * Runs a write again while the database is away: only its answer can say that a lease was lost, however long that takes.
 * A write whose answer is lost may have taken effect, so it must recognize what an earlier run of it did.
 *
 * Rejects with what trying again cannot change, and with the last error once the signal is aborted.
 */
export async function untilAnswered<T>(write: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await write();
    } catch (error) {
      if (!isMongoUnavailable(error) || signal?.aborted) throw error;
      await backOff(failures, RETRY_BASE_MS, RETRY_MAX_MS, signal);
    }
  }
}
