import { setTimeout as delay } from 'node:timers/promises';

import type { Part } from './part.ts';

// A part is asked to end when the parts that use it are gone, or this long after the stop began.
const PATIENCE_MS = 2_500;

/** A part that still runs this long after a stop began is killed. */
export const KILL_AFTER_MS = 4_000;

/**
 * Starts each part when the parts that it awaits are ready. If one fails, aborts the other starts, waits until all have settled,
 * and throws the first failure.
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

/** Stops each part after the parts that use it. Kills what still runs after 4 s. */
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

/** Returns the parts in an order in which each comes after the parts that it uses. Ignores the names of missing parts. */
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
