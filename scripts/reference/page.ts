import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** Root of this project, with a slash at its end. */

/** A page of docs/reference that is made from the code. */
export interface Page {
  /** Relative to the root of the project. */
  path: string;
  render: () => Promise<string>;
}

/** Markdown as `npm run format` would leave it. */
export async function formatPage(parts: readonly string[]): Promise<string> {
  const options = await resolveConfig(fileURLToPath(import.meta.url));
  return format(parts.join('\n\n'), { ...options, parser: 'markdown' });
}

/** What stands under the title of each of these pages. */
export function madeFrom(source: string): string {
  return `\`npm run reference\` generates this page from ${source}. A test fails if the page is out of date.`;
}

/** A table; a bar in a cell is escaped, a line break in it becomes a space. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(tableLine).join('\n');
}

function tableLine(cells: readonly string[]): string {
  const escaped = cells.map((cell) => cell.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', String.raw`\|`));
  return `| ${escaped.join(' | ')} |`;
}

/** Names in a sentence: `writer, poller, and job-launcher`. */
export const listed = (names: readonly string[]): string => new Intl.ListFormat('en').format(names);

export const code = (text: string): string => `\`${text}\``;
