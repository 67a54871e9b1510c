import { serviceClass } from '../view/services.ts';
import type { Crossing, Edge, Journey, Stop } from '@beyond-headers/journey';
import { badge } from './badge.ts';
import { h } from './dom.ts';

/** How the context crossed a hop: as a sign, and in words for screen readers. */
const CROSSINGS: Record<Crossing, readonly [sign: string, words: string]> = {
  joined: ['', 'carried'],
  linked: ['↩', 'linked'],
  cut: ['✂', 'carried nothing that was read'],
  foreign: ['≠', 'carried the context of another trace'],
  astray: ['≈', 'carried another span of the trace'],
  waiting: ['', 'not there yet'],
  'not taken': ['', 'not taken'],
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
  const [sign, words] = CROSSINGS[crossing];
  return h(
    'li',
    { class: 'j-edge', 'data-crossing': crossing, 'data-carrier': carrier },
    h('span', { class: 'j-sign', 'aria-hidden': 'true' }, sign),
    h('span', { class: 'j-label' }, label),
    h('span', { class: 'hidden' }, `: ${words}`),
  );
}
