import { h } from '../dom.ts';

/** Returns a link that shows a trace in slot A. The slot can show any trace. */
export function traceLink(traceId: string, ...children: (Node | string)[]): HTMLAnchorElement {
  return h('a', { href: addressOf(traceId), click: (event) => openRun(event, traceId) }, ...children);
}

export const addressOf = (traceId: string): string => `?a=${traceId}`;

/** Shows a trace in slot A, and keeps the rest of the page: changes the URL, and then acts as after the Back button. */
export function openRun(event: Event, traceId: string): void {
  if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
  event.preventDefault();
  const query = new URLSearchParams(location.search);
  query.set('a', traceId);
  history.pushState(null, '', `?${query}`);
  dispatchEvent(new PopStateEvent('popstate'));
  document.querySelector('#slot-a')?.scrollIntoView({ block: 'nearest' });
}
