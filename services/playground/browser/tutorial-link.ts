import { h } from './dom.ts';

/**
 * Returns a link to a page of the tutorial. Returns undefined if this server does not have the page, as in an image without the
 * documentation.
 */
export function tutorialLink(page: string | undefined): HTMLElement | undefined {
  const pages = document.documentElement.dataset['tutorial']?.split(' ') ?? [];
  if (page === undefined || !pages.includes(page)) return undefined;
  return h('a', { href: `/tutorial/${page}` }, 'Tutorial', h('span', { class: 'hidden' }, ` on ${page}`));
}
