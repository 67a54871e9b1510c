import { STOPS } from '@beyond-headers/journey';
import { escapeHtml } from '@beyond-headers/service-kit/escape-html';
import { STYLE_URL, type Asset } from './assets.ts';
import { runForm } from './page-form.ts';

export interface PageOptions {
  /** Where people open a trace. */
  tracesUrl: string;
  assets: readonly Asset[];
  /** The names of the tutorial's pages. Empty without the documentation. */
  tutorial: readonly string[];
  /** Whether the page may act on the queue. Absent on a page without a server. */
  queue?: { hasControls: boolean };
}

/** Renders the shell of the page: everything that is visible before the first script runs, so that nothing moves when it does. */
export function renderPage({ tracesUrl, assets, tutorial, queue }: PageOptions): string {
  const modules = assets.filter(({ type, isLate }) => type === 'text/javascript' && !isLate);
  const [firstPage] = tutorial;
  return `<!doctype html>
<html lang="en" data-traces-url="${escapeHtml(tracesUrl)}" data-tutorial="${escapeHtml(tutorial.join(' '))}">
<head>
${head('Beyond Headers: the playground')}
${modules.map(({ url }) => `<link rel="modulepreload" href="${url}">`).join('\n')}
<script type="module" src="/assets/browser/main.ts"></script>
</head>
<body>
<header class="top">
<h1>Beyond Headers</h1>
<p>One click, five services. Two of the hops have no header to carry the trace.</p>
${firstPage ? `<a class="quiet" href="/tutorial/${escapeHtml(firstPage)}">Tutorial</a>` : ''}
${queue ? queueButton : ''}
${themeButton}
</header>
<main>
${runForm()}
${queue ? queueSection(queue.hasControls) : ''}
<p id="notice" role="status" class="notice" hidden></p>
<div class="slots">
${slot('a')}
${slot('b')}
<dialog id="span-details" aria-labelledby="span-title"></dialog>
</div>
<section class="recent" id="recent-section" aria-labelledby="recent-title" hidden>
<h2 id="recent-title">Runs</h2>
<ol id="recent"></ol>
</section>
</main>
<noscript><p class="notice">The playground needs JavaScript; the traces themselves are at
<a href="${escapeHtml(tracesUrl)}">${escapeHtml(tracesUrl)}</a>.</p></noscript>
</body>
</html>
`;
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#14171c"/><path d="M3 5h7M5 8h8M8 11h4" stroke="#4fd1a1" stroke-width="2"/></svg>';

/** Renders the content of the head, which is the same on every page of the playground. */
export function head(title: string): string {
  return `<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">
<link rel="stylesheet" href="${STYLE_URL}">`;
}

export const themeButton =
  '<button type="button" id="theme" class="quiet" aria-label="Colour theme: as the system">◐</button>';

const queueButton =
  '<button type="button" id="queue-toggle" class="quiet disclose-queue" aria-expanded="false" aria-controls="queue">Queue</button>';

/** Renders the section of the queue, still empty. The queue's modules are loaded when it is opened. */
const queueSection = (hasControls: boolean): string =>
  `<section class="queue" id="queue" aria-labelledby="queue-title" data-controls="${hasControls ? 'on' : 'off'}" hidden><h2 id="queue-title">Queue</h2></section>`;

const PROMPTS = {
  a: [
    'Press Run',
    'Watch one trace grow through five services, across a MongoDB document and a Kubernetes Job.',
  ],
  b: ['Then break it', 'Switch a carrier off above and run again. Both waterfalls stay side by side.'],
};

// The browser and the report job have one row, the services between them two.
const GHOST = STOPS.flatMap(({ service }, index) =>
  index % (STOPS.length - 1) === 0 ? [service] : [service, service],
);

function slot(name: 'a' | 'b'): string {
  const [title, text] = PROMPTS[name];
  const bars = GHOST.map((service) => `<i class="service-${service}"></i>`);
  if (name === 'b') bars.splice(3, 0, '<hr>');
  return `<section class="slot" id="slot-${name}" data-tone="empty" aria-label="Run ${name.toUpperCase()}">
<div class="prompt"><p class="prompt-title">${title}</p><p>${text}</p>
<div class="ghost" aria-hidden="true">${bars.join('')}</div></div>
</section>`;
}
