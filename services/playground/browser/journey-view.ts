import { serviceClass } from '../view/services.ts';
import type { Crossing, Edge, Journey, Stop } from '@beyond-headers/journey';
import { badge } from './badge.ts';
import { h } from './dom.ts';

const SIGNS: Record<Crossing, string> = {
  joined: '',
  linked: '↩',
  cut: '✂',
  foreign: '≠',
  astray: '≈',
  waiting: '',
  'not taken': '',
};
const WORDS: Record<Crossing, string> = {
  joined: 'carried',
  linked: 'linked',
  cut: 'carried nothing that was read',
  foreign: 'carried the context of another trace',
  astray: 'carried another span of the trace',
  waiting: 'not there yet',
  'not taken': 'not taken',
};

/**
 * Renders the path of the context as a strip. Stops in the same trace have the same background, and signs show where the context
 * was lost.
 */
export function journeyView({ stops, edges }: Journey): HTMLElement {
  const strip = h('ol', { class: 'journey', 'aria-label': 'The way of the context' });
  for (const [index, stop] of stops.entries()) {
    const before = edges[index - 1];
    if (before) strip.append(edgeView(before));
    strip.append(stopView(stop));
  }
  return strip;
}

function stopView({ service, trace }: Stop): HTMLElement {
  return h(
    'li',
    { class: `j-stop ${serviceClass(service)}`, 'data-trace': trace },
    badge(service),
    h('span', { class: 'j-name' }, service),
    trace
      ? h('span', { class: 'j-trace' }, h('span', { class: 'j-word' }, 'trace '), String(trace))
      : h('span', { class: 'j-trace' }, '–'),
  );
}

function edgeView({ label, carrier, crossing }: Edge): HTMLElement {
  return h(
    'li',
    { class: 'j-edge', 'data-crossing': crossing, 'data-carrier': carrier },
    h('span', { class: 'j-sign', 'aria-hidden': 'true' }, SIGNS[crossing]),
    h('span', { class: 'j-label' }, label),
    h('span', { class: 'hidden' }, `: ${WORDS[crossing]}`),
  );
}
