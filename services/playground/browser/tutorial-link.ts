import { h } from './dom.ts';

/** A link to a page of the tutorial; undefined where this server has none, as in an image without the documentation. */
export function tutorialLink(page: string | undefined): HTMLElement | undefined {
  const pages = document.documentElement.dataset['tutorial']?.split(' ') ?? [];
  if (page === undefined || !pages.includes(page)) return undefined;
  return h('a', { href: `/tutorial/${page}` }, 'Tutorial', h('span', { class: 'hidden' }, ` on ${page}`));
}
