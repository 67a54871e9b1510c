export interface QueueOptions {
  /** Whether the page may act on the queue. */
  hasControls: boolean;
}

export const queueButton =
  '<button type="button" id="queue-toggle" class="quiet disclose-queue" aria-expanded="false" aria-controls="queue">Queue</button>';

/** Renders the section of the queue, still empty. The queue's modules are loaded when it is opened. */
export const queueSection = ({ hasControls }: QueueOptions): string =>
  `<section class="queue" id="queue" aria-labelledby="queue-title" data-controls="${hasControls ? 'on' : 'off'}" hidden><h2 id="queue-title">Queue</h2></section>`;
