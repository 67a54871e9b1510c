import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { toAsset, type Asset } from '../assets.ts';
import { renderMarkdown, type Picture, type Targets } from './markdown.ts';
import { pngSize } from './png-size.ts';
import { renderTutorialPage, type TutorialPage } from './tutorial-page.ts';

export interface Tutorial {
  /** In reading order. */
  names: string[];
  /** The pages at `/tutorial/<name>` and their pictures at `/tutorial/images/<file>`. */
  assets: Asset[];
}

const PAGE = /^\d+-[a-z0-9-]+\.md$/;
const URL_PREFIX = '/tutorial/';

/** The addresses in the documents, each with its address in this system. */
export type Addresses = Readonly<Record<string, string>>;

/**
 * Reads `<docs>/tutorial/*.md` and `<docs>/images/*.png`. Without the folder, there is no tutorial, and no link to it. Commands
 * in the text get the addresses of this system.
 */
export function loadTutorial(docs: string | undefined, addresses: Addresses = {}): Tutorial {
  const folder = join(docs ?? '', 'tutorial');
  if (docs === undefined || !existsSync(folder)) return { names: [], assets: [] };
  const files = readdirSync(folder).filter((file) => PAGE.test(file));
  const names = files.map((file) => basename(file, '.md')).toSorted(byNumber);
  const images = loadImages(join(docs, 'images'));
  const targets = targetsOf(names, images);
  const pages = names.map((name): TutorialPage => {
    const source = withAddresses(readFileSync(join(folder, `${name}.md`), 'utf8'), addresses);
    return { name, ...renderMarkdown(source, targets) };
  });
  const rendered = pages.map((page) =>
    toAsset(URL_PREFIX + page.name, 'text/html', renderTutorialPage(page, pages)),
  );
  return { names, assets: [...rendered, ...images.map(({ asset }) => asset)] };
}

/**
 * Replaces addresses in one pass, because an address of this system can be that of another service in the documents. Keeps the
 * documented address if the reader's machine can't reach the actual one.
 */
function withAddresses(source: string, addresses: Addresses): string {
  return source.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, (documented) => {
    const actual = addresses[documented] ?? documented;
    return ['127.0.0.1', 'localhost'].includes(new URL(actual).hostname) ? actual : documented;
  });
}

const byNumber = (a: string, b: string) => Number.parseInt(a, 10) - Number.parseInt(b, 10);

interface Image {
  file: string;
  picture: Picture;
  asset: Asset;
}

function loadImages(folder: string): Image[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.png'));
  return files.map((file) => {
    const body = readFileSync(join(folder, file));
    const url = `${URL_PREFIX}images/${file}`;
    return { file, picture: { url, ...pngSize(body) }, asset: toAsset(url, 'image/png', body) };
  });
}

/** Resolves links to tutorial pages, to places in pages, and to the web. Other documents are not served here. */
function targetsOf(names: readonly string[], images: readonly Image[]): Targets {
  return {
    link(href) {
      if (href.startsWith('#') || /^https?:\/\//i.test(href)) return href;
      const [file = '', anchor] = href.split('#');
      const name = basename(file, '.md');
      if (file !== `${name}.md` || !names.includes(name)) return undefined;
      return URL_PREFIX + name + (anchor === undefined ? '' : `#${anchor}`);
    },
    image: (href) => images.find(({ file }) => href === `../images/${file}`)?.picture,
  };
}
