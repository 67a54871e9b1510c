import { counted } from '@beyond-headers/traces/draw';
import { brokenOnPurpose, type RunSettings } from '../view/settings.ts';
import type { Verdict } from '@beyond-headers/journey';
import type { Slot } from './address.ts';
import { h } from './dom.ts';

/** The head of a run: the verdict, what was broken on purpose, and what happened. */
export class RunHead {
  // Stays in the page, so that a screen reader announces its changes.
  readonly #verdict = h('h2', { class: 'verdict', 'aria-live': 'polite' });
  readonly #chips = h('p', { class: 'chips' });
  readonly #learn = h('span', { class: 'learn' });
  readonly #explain = h('p', { class: 'explain' });
  readonly #warnings = h('div', { role: 'status' });
  readonly element: HTMLElement;
  #shown = '';

  constructor(slot: Slot) {
    const name = h('span', { class: 'slot-name', 'aria-hidden': 'true' }, slot.toUpperCase());
    this.element = h(
      'div',
      { class: 'head' },
      h('div', { class: 'title-line' }, name, this.#verdict, this.#chips, this.#learn),
      this.#explain,
      this.#warnings,
    );
  }

  show(verdict: Verdict, settings: RunSettings | undefined, warnings: readonly string[]): void {
    const content = JSON.stringify([verdict, settings, warnings]);
    if (content === this.#shown) return;
    this.#shown = content;
    if (this.#verdict.textContent !== verdict.title) this.#verdict.textContent = verdict.title;
    this.#chips.replaceChildren(...chipsOf(settings).map((chip) => h('span', { class: 'chip' }, chip)));
    const link = tutorialLink(verdict.page);
    this.#learn.replaceChildren(...(link ? [link] : []));
    this.#explain.textContent = verdict.text;
    this.#warnings.replaceChildren(...warnings.map((text) => h('p', { class: 'warning' }, text)));
  }
}

/** Returns undefined if this server does not have the page, as in an image without the documentation. */
function tutorialLink(page = ''): HTMLElement | undefined {
  const pages = document.documentElement.dataset['tutorial']?.split(' ') ?? [];
  if (page === '' || !pages.includes(page)) return undefined;
  return h('a', { href: `/tutorial/${page}` }, 'Tutorial', h('span', { class: 'hidden' }, ` on ${page}`));
}

/** Returns no chips if the trace did not start on this page, because its settings are unknown. */
function chipsOf(settings: RunSettings | undefined): string[] {
  const broken = settings ? brokenOnPurpose(settings) : [];
  return settings && broken.length === 0 ? ['everything on'] : broken;
}

/** Returns the label of a run in the list of runs. */
export function runLabel(settings: RunSettings): string {
  const broken = brokenOnPurpose(settings);
  return broken.length > 0 ? broken.join(', ') : `everything on, ${counted(settings.orders, 'order')}`;
}
