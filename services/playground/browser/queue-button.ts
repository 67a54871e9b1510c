import { h, one } from './dom.ts';

/** Connects the button that opens the queue, and loads the queue's modules the first time. Does nothing on a page without a server. */
export function connectQueue(): void {
  if (!document.querySelector('#queue')) return;
  const button = one('#queue-toggle', HTMLButtonElement);
  const section = one('#queue', HTMLElement);
  const toggle = () => {
    section.hidden = !section.hidden;
    button.setAttribute('aria-expanded', String(!section.hidden));
    if (!section.hidden) void open(section);
  };
  button.addEventListener('click', toggle);
  if (location.hash === '#queue') toggle();
}

async function open(section: HTMLElement): Promise<void> {
  if (section.dataset['opened'] !== undefined) return;
  section.dataset['opened'] = '';
  try {
    const { showQueue } = await load()
      // A browser aborts what it loads when the network changes.
      .catch(load);
    showQueue(section);
  } catch (error) {
    const text = `The queue can’t be loaded: ${String(error)}. Reload the page.`;
    section.append(h('p', { class: 'warning', role: 'alert' }, text));
  }
}

const load = () => import('./queue/main.ts');
