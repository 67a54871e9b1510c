import { h } from '../dom.ts';
import { newCharts } from './charts.ts';
import { DeadLetters } from './dead-letters.ts';
import { LoadPanel } from './load-panel.ts';
import { PauseButton } from './pause-button.ts';
import { followQueue } from './queue-feed.ts';

/** Draws the queue into its section, and follows it while the section is visible. */
export function showQueue(section: HTMLElement): void {
  const charts = newCharts();
  const warning = h('div', { role: 'status' });
  const isWatched = () => !section.hidden && !document.hidden;
  const onDone = () => look();
  const controls = section.dataset['controls'] === 'on' && {
    pause: new PauseButton(onDone),
    load: new LoadPanel(),
    letters: new DeadLetters(onDone),
  };
  const readOnly = 'To act on the queue, start the playground with DEMO_CONTROLS=on.';
  const title = section.querySelector('h2') ?? '';
  section.append(
    h('div', { class: 'q-head' }, title, controls && controls.pause.element),
    warning,
    h('div', { class: 'q-charts' }, ...charts.map(({ element }) => element)),
    controls
      ? h('div', { class: 'q-panels' }, controls.load.element, controls.letters.element)
      : h('p', { class: 'q-note' }, readOnly),
  );
  const look = followQueue(isWatched, ({ samples, problem }) => {
    const last = samples.at(-1);
    // Writing the same text again would make a screen reader announce it again.
    if (warning.textContent !== problem)
      warning.replaceChildren(...(problem ? [h('p', { class: 'warning' }, problem)] : []));
    for (const chart of charts) chart.show(samples);
    if (!controls) return;
    controls.pause.show(last);
    controls.letters.show(last?.failed ?? 0);
    controls.load.look();
  });
}
