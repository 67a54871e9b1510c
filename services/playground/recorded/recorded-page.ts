import { join } from 'node:path';
import { loadAssets, STYLE_URL } from '../assets.ts';
import { loadModules } from '../page-modules.ts';
import { renderPage } from '../page.ts';
import { RECORDINGS_ID, type Recording } from '../view/recording.ts';
import { asImportMap, MAIN } from './import-map.ts';

/** Allows only what is in the file, so the page sends no request. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data:";

/** Hides the links into a trace UI that does not exist here, and shows the remark as plain text rather than as a warning. */
const STYLES =
  'a[href^="/trace/"] { display: none; } .recorded { color: var(--soft); padding-block-end: 6px; }';

/**
 * Renders the playground as one file: the page, its modules, and the recorded runs. It works from a folder as well as from a
 * static file server.
 */
export function renderRecordedPage(recordings: readonly Recording[]): string {
  const modules = loadModules([
    { url: `/${MAIN}`, file: join(import.meta.dirname, '../browser/recorded/main.ts') },
  ]);
  const styles =
    loadAssets()
      .find(({ url }) => url === STYLE_URL)
      ?.body.toString() ?? '';
  const page = renderPage({ tracesUrl: '', assets: [], tutorial: [] });
  return replaceAll(page, {
    '<meta charset="utf-8">': `<meta charset="utf-8">\n<meta http-equiv="content-security-policy" content="${POLICY}">`,
    [`<link rel="stylesheet" href="${STYLE_URL}">`]: `<style>\n${styles}${STYLES}\n</style>`,
    '<script type="module" src="/assets/browser/main.ts"></script>': scripts(
      recordings,
      asImportMap(modules),
    ),
    '<main>': `<main>\n<p class="recorded">${remark(recordings)}</p>`,
  });
}

function scripts(recordings: readonly Recording[], imports: object): string {
  return `<script type="application/json" id="${RECORDINGS_ID}">${asText(recordings)}</script>
<script type="importmap">${asText({ imports })}</script>
<script type="module">import '${MAIN}';</script>`;
}

/** Returns JSON in which no text of a run can end the script. */
const asText = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

function remark([first]: readonly Recording[]): string {
  const day = new Date(first?.summary.startedAtMs ?? 0).toISOString().slice(0, 10);
  return `Real runs of ${day}, played back: there is no server behind this page. To make your own, run <code>npm start</code> in the project.`;
}

/** Replaces parts of the page. Throws an `Error` if one of them does not occur exactly once. */
function replaceAll(page: string, parts: Record<string, string>): string {
  return Object.entries(parts).reduce((text, [part, replacement]) => {
    const [before, after, ...more] = text.split(part);
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(
        `Failed to make the recorded page: expected ${part} once in the page of the playground.`,
      );
    return before + replacement + after;
  }, page);
}
