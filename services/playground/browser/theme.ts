import { one } from './dom.ts';

const LABELS = { system: 'as the system', light: 'light', dark: 'dark' };
type Theme = keyof typeof LABELS;
const THEMES = Object.keys(LABELS) as Theme[];
const KEY = 'theme';

/** Connects the button that switches from the system's theme to light to dark. The browser keeps the choice for the next visit. */
export function connectTheme(): void {
  const button = one('#theme', HTMLButtonElement);
  let theme = THEMES.find((each) => each === read()) ?? 'system';
  const show = () => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    button.setAttribute('aria-label', `Colour theme: ${LABELS[theme]}`);
    button.title = `Colour theme: ${LABELS[theme]}`;
  };
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    write(theme);
    show();
  });
  show();
}

// Access to storage throws if the user blocks it. The choice then lasts as long as the page.
function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function write(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As above.
  }
}
