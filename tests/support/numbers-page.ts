import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const PAGE = fileURLToPath(new URL('../../docs/reference/numbers.md', import.meta.url));

/** Writes Markdown between the marks `<!-- name -->` and `<!-- end name -->` of docs/reference/numbers.md. Throws if a mark is missing. */
export async function writeNumbers(name: string, markdown: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end ${name} -->`];
  if (!page.includes(begin) || !page.includes(end)) throw new Error(`${PAGE} has no ${begin} … ${end}`);
  const [head = ''] = page.split(begin);
  const [, tail = ''] = page.split(end);
  const written = `${head}${begin}\n\n${markdown}\n\n${end}${tail}`;
  await writeFile(PAGE, await format(written, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}
