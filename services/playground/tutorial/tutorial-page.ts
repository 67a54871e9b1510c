import { escapeHtml } from '@beyond-headers/service-kit/escape-html';
import { head, themeButton } from '../page.ts';
import type { RenderedMarkdown } from './markdown.ts';

/** A page of the tutorial. Its name is that of its file, without the extension. */
export interface TutorialPage extends RenderedMarkdown {
  name: string;
}

/** Renders a page of the tutorial, with links to the other pages and to the playground. */
export function renderTutorialPage(page: TutorialPage, pages: readonly TutorialPage[]): string {
  const index = pages.indexOf(page);
  return `<!doctype html>
<html lang="en">
<head>
${head(`${page.title}: Beyond Headers`)}
<script type="module" src="/assets/browser/tutorial.ts"></script>
</head>
<body>
<header class="top">
<p class="site"><a href="/">Beyond Headers</a></p>
<p>The tutorial</p>
<a class="quiet" href="/">Playground</a>
${themeButton}
</header>
<div class="reading">
<nav aria-label="Tutorial"><ol>
${pages.map((each) => `<li>${entry(each, each === page)}</li>`).join('\n')}
</ol></nav>
<main>
<article>
${page.html}</article>
<nav class="turn" aria-label="Pages">${turn(pages[index - 1], 'Back', 'prev')}${turn(pages[index + 1], 'Next', 'next')}</nav>
</main>
</div>
</body>
</html>
`;
}

function entry({ name, title }: TutorialPage, isCurrent: boolean): string {
  return `<a href="/tutorial/${escapeHtml(name)}"${isCurrent ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a>`;
}

function turn(page: TutorialPage | undefined, label: string, rel: 'prev' | 'next'): string {
  if (!page) return '<span></span>';
  return `<a rel="${rel}" href="/tutorial/${escapeHtml(page.name)}"><small>${label}</small> ${escapeHtml(page.title)}</a>`;
}
