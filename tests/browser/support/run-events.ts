import type { RunUpdate } from '../../../services/playground/view/types.ts';

/** An event of a run's stream. */
export interface RunEvent {
  id: string;
  update: RunUpdate;
}

/** Yields the events of a run's stream, without heartbeats. Disconnects when the caller leaves its loop. */
export async function* runEvents(url: string, init?: RequestInit): AsyncGenerator<RunEvent> {
  const { body } = await fetch(url, init);
  let text = '';
  for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
    const events = (text + chunk).split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const [, id = '', data] = /^id: (.*)\ndata: (.*)$/.exec(event) ?? [];
      if (data) yield { id, update: JSON.parse(data) as RunUpdate };
    }
  }
}
