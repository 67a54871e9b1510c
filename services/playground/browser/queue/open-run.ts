import { h } from '../dom.ts';

/** A link that shows a trace in slot A, where the page reads any trace from. */
export function traceLink(traceId: string, ...children: (Node | string)[]): HTMLAnchorElement {
  return h('a', { href: addressOf(traceId), click: (event) => openRun(event, traceId) }, ...children);
}

export const addressOf = (traceId: string): string => `?a=${traceId}`;

/** Keeps what else the page shows: the address changes, and the page follows it as on a step back. */
export function openRun(event: Event, traceId: string): void {
  if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
  event.preventDefault();
  const query = new URLSearchParams(location.search);
  query.set('a', traceId);
  history.pushState(null, '', `?${query}`);
  dispatchEvent(new PopStateEvent('popstate'));
  document.querySelector('#slot-a')?.scrollIntoView({ block: 'nearest' });
}
