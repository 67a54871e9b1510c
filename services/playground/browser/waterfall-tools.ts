import { h } from './dom.ts';

/** What the tools do to a waterfall. */
export interface ZoomAndFold {
  zoomBy: (steps: number) => void;
  fit: () => void;
  fold: (isFolded: boolean) => void;
  showTable: (isShown: boolean) => void;
}

/** Renders the tools above the names. In the rows, the keys + − 0 also zoom and fit. `onCut` applies to all waterfalls. */
export function waterfallTools(waterfall: ZoomAndFold, onCut: (isCut: boolean) => void): HTMLElement {
  const cut = toggle('Cut', 'Cut long waits out of the time', onCut);
  cut.classList.add('cut-tool');
  cut.setAttribute('aria-pressed', 'true');
  return h(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Waterfall' },
    tool('−', 'Zoom out', () => waterfall.zoomBy(-1)),
    tool('+', 'Zoom in', () => waterfall.zoomBy(1)),
    tool('Fit', 'Fit the whole time', () => waterfall.fit()),
    cut,
    toggle('Fold', 'Fold all branches', (isOn) => waterfall.fold(isOn)),
    toggle('Table', 'Show the spans as a table', (isOn) => waterfall.showTable(isOn)),
  );
}

function tool(text: string, label: string, click: () => void): HTMLButtonElement {
  return h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, click }, text);
}

function toggle(text: string, label: string, onChange: (isOn: boolean) => void): HTMLButtonElement {
  const button = tool(text, label, () => {
    const isOn = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isOn));
    onChange(isOn);
  });
  button.setAttribute('aria-pressed', 'false');
  return button;
}
