import { setTimeout as delay } from 'node:timers/promises';

import type { Part } from './part.ts';

// A part is asked to end once those that use it are gone, or so long after the stop began.
const PATIENCE_MS = 2_500;

/** A part that was asked to end and has not is killed after so long. */
export const KILL_AFTER_MS = 4_000;

/**
 * Starts every part as soon as those that it awaits are ready. When one fails, the signal that the others got
 * is aborted, and the first failure is thrown once all have settled.
 */
export async function startAll(parts: Part[], signal: AbortSignal): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const ready = new Map<string, Promise<void>>();
  const startOne = async (part: Part) => {
    const { uses, awaits = uses } = part;
    await Promise.all(awaits.flatMap((name) => ready.get(name) ?? []));
    either.throwIfAborted();
    await part.start(either);
  };
  for (const part of inOrder(parts)) {
    const started = startOne(part);
    started.catch((error: unknown) => failed.abort(error));
    ready.set(part.name, started);
  }
  await Promise.allSettled(ready.values());
  signal.throwIfAborted();
  failed.signal.throwIfAborted();
}

/** Stops every part after those that use it; what still runs after 4 s is killed. */
export async function stopAll(parts: Part[]): Promise<void> {
  const deadline = Date.now() + KILL_AFTER_MS;
  const patience = delay(PATIENCE_MS, undefined, { ref: false });
  const gone = new Map<string, Promise<void>>();
  const stopOne = async (part: Part, users: Promise<void>[]) => {
    await Promise.race([Promise.all(users), patience]);
    await part.stop(deadline);
  };
  for (const part of inOrder(parts).toReversed()) {
    const users = parts
      .filter(({ uses }) => uses.includes(part.name))
      .flatMap(({ name }) => gone.get(name) ?? []);
    gone.set(part.name, stopOne(part, users));
  }
  await Promise.all(gone.values());
}

/** The parts, each after those that it uses; names of parts that are not there are passed over. */
function inOrder(parts: Part[]): Part[] {
  const ordered = new Set<Part>();
  const visit = (part: Part, path: string[]) => {
    if (ordered.has(part)) return;
    if (path.includes(part.name))
      throw new Error(`Parts depend on each other: ${[...path, part.name].join(' → ')}`);
    for (const used of parts.filter(({ name }) => part.uses.includes(name))) {
      visit(used, [...path, part.name]);
    }
    ordered.add(part);
  };
  for (const part of parts) visit(part, []);
  return [...ordered];
}
