import type { Asset } from './assets.ts';
import { runForm } from './page-form.ts';
import { escapeHtml } from './escape-html.ts';

export interface PageOptions {
  /** Where people open a trace. */
  tracesUrl: string;
  assets: readonly Asset[];
}

/** The shell of the page: all that is seen before the first script has run, so that nothing moves when it does. */
export function renderPage({ tracesUrl, assets }: PageOptions): string {
  const modules = assets.filter(({ type }) => type === 'text/javascript');
  return `<!doctype html>
<html lang="en" data-traces-url="${escapeHtml(tracesUrl)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Beyond Headers: the playground</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/browser/base.css">
<link rel="stylesheet" href="/assets/browser/form.css">
<link rel="stylesheet" href="/assets/browser/runs.css">
<link rel="stylesheet" href="/assets/browser/waterfall.css">
${modules.map(({ url }) => `<link rel="modulepreload" href="${url}">`).join('\n')}
<script type="module" src="/assets/browser/main.ts"></script>
</head>
<body>
<header class="top">
<h1>Beyond Headers</h1>
<p>One click, five services. Two of the hops have no header to carry the trace.</p>
<button type="button" id="theme" class="quiet" aria-label="Colour theme: as the system">◐</button>
</header>
<main>
${runForm()}
<p id="notice" role="status" class="notice" hidden></p>
<div class="slots">
${slot('a')}
${slot('b')}
</div>
<section class="recent" aria-labelledby="recent-title">
<h2 id="recent-title">Runs</h2>
<ol id="recent"></ol>
</section>
</main>
<dialog id="span-details" aria-labelledby="span-title"></dialog>
<noscript><p class="notice">The playground needs JavaScript; the traces themselves are at
<a href="${escapeHtml(tracesUrl)}">${escapeHtml(tracesUrl)}</a>.</p></noscript>
</body>
</html>
`;
}

const PROMPTS = {
  a: [
    'Press Run',
    'Watch one trace grow through five services, across a MongoDB document and a Kubernetes Job.',
  ],
  b: ['Then break it', 'Switch a carrier off above and run again. Both pictures stay side by side.'],
};

function slot(name: 'a' | 'b'): string {
  const [title, text] = PROMPTS[name];
  return `<section class="slot" id="slot-${name}" data-tone="empty" aria-label="Run ${name.toUpperCase()}">
<div class="prompt"><p class="prompt-title">${title}</p><p>${text}</p>
<div class="ghost" aria-hidden="true">${'<i></i>'.repeat(name === 'a' ? 9 : 8)}</div></div>
</section>`;
}
