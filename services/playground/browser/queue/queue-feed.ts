import type { QueueSample } from '../../queue/queue-sample.ts';
import { ask, messageOf } from '../ask.ts';

const ASK_MS = 1_000;
const MAX_SAMPLES = 600;

export interface QueueState {
  samples: readonly QueueSample[];
  /** Why there are no new samples. Empty if there are. */
  problem: string;
}

/**
 * Reads the state of the queue once a second while `isWatched`. It is not a stream, because a browser allows six connections to a
 * server, and the runs of a page use two of them.
 * @returns a function that reads at once
 */
export function followQueue(isWatched: () => boolean, onChange: (state: QueueState) => void): () => void {
  let samples: readonly QueueSample[] = [];
  let isAsking = false;
  const look = async () => {
    if (isAsking) return;
    isAsking = true;
    let problem = '';
    try {
      const after = samples.at(-1)?.atMs ?? 0;
      const answer = await ask<{ samples: QueueSample[] }>(`/api/queue?after=${after}`);
      samples = [...samples, ...answer.samples].slice(-MAX_SAMPLES);
    } catch (error) {
      problem = messageOf(error);
    } finally {
      isAsking = false;
    }
    onChange({ samples, problem });
  };
  setInterval(() => {
    if (isWatched()) void look();
  }, ASK_MS);
  void look();
  return () => void look();
}
