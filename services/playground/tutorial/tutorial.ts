import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { toAsset, type Asset } from '../assets.ts';
import { renderMarkdown, type Picture, type Targets } from './markdown.ts';
import { pngSize } from './png-size.ts';
import { renderTutorialPage, type TutorialPage } from './tutorial-page.ts';

export interface Tutorial {
  /** In the order in which they are read. */
  names: string[];
  /** The pages at `/tutorial/<name>` and their pictures at `/tutorial/images/<file>`. */
  assets: Asset[];
}

const PAGE = /^\d+-[a-z0-9-]+\.md$/;
const URL_PREFIX = '/tutorial/';

/** An address as the documents have it, and as it is in this system. */
export type Addresses = Readonly<Record<string, string>>;

/**
 * Reads `<docs>/tutorial/*.md` and `<docs>/images/*.png` once; without the folder there is no tutorial, and no link to it.
 * Commands go to this system, whatever its ports are.
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

/** In one pass, as a port of this system may be another one's in the documents. Only what the reader's machine reaches is put in. */
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

/** Other pages of the tutorial, places in them, and the web; what else the documents link to is not served here. */
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
