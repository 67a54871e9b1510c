import { serviceLetter } from '../view/services.ts';
import { h } from './dom.ts';

/** The letter of a service, for the eye alone: its name stands beside it. */
export const badge = (service: string): HTMLElement =>
  h('span', { class: 'badge', title: service, 'aria-hidden': 'true' }, serviceLetter(service));
