import { serviceLetter } from '../view/services.ts';
import { h } from './dom.ts';

/** Renders the letter of a service, hidden from screen readers because its name is next to it. */
export const badge = (service: string): HTMLElement =>
  h('span', { class: 'badge', title: service, 'aria-hidden': 'true' }, serviceLetter(service));
