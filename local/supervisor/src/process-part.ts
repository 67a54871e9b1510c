import { startChild, type Child } from './child.ts';
import type { OnUnexpectedEnd, Part } from './part.ts';
import type { ProcessDefinition } from './process-definition.ts';
import { untilReady } from './readiness.ts';
import { KILL_AFTER_MS } from './supervise.ts';

/** Returns a process as a part. */
export function processPart(
  definition: ProcessDefinition,
  onLine: (line: string) => void,
  onUnexpectedEnd: OnUnexpectedEnd,
): Part {
  let child: Child | undefined;
  const start = async (signal?: AbortSignal) => {
    const started = await startChild(definition, onLine);
    child = started;
    const ended = started.ended.then((how) => explainEnd(definition, started, how));
    const over = new AbortController();
    void ended.then((why) => over.abort(new Error(why)));
    await untilReady(definition, signal ? AbortSignal.any([over.signal, signal]) : over.signal);
    await definition.onReady?.();
    void ended.then((why) => (child === started ? onUnexpectedEnd(why) : undefined));
  };
  const end = async (how: (running: Child) => unknown) => {
    const running = child;
    child = undefined;
    if (!running) return;
    await how(running);
    await running.ended;
  };
  const stop = (deadline: number) => end((running) => running.stop(deadline - Date.now()));
  return {
    name: definition.name,
    uses: definition.uses,
    awaits: definition.awaits,
    pid: () => child?.pid,
    start,
    stop,
    async restart() {
      await stop(Date.now() + KILL_AFTER_MS);
      await start();
    },
    kill: (signal) => end((running) => running.signal(signal)),
  };
}

function explainEnd({ name }: ProcessDefinition, child: Child, how: string): string {
  const lines = child.tail.map((line) => `\n  ${line}`);
  return `${name} ended with ${how}.${lines.length > 0 ? `\nIts last lines:${lines.join('')}` : ''}`;
}
