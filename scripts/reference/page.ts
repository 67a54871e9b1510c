import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** A page that is generated from the code. */
export interface Page {
  /** Relative to the root of the project. */
  path: string;
  render: () => Promise<string>;
}

/** Formats Markdown as `npm run format` does. */
export async function formatPage(parts: readonly string[]): Promise<string> {
  const options = await resolveConfig(fileURLToPath(import.meta.url));
  return format(parts.join('\n\n'), { ...options, parser: 'markdown' });
}

/** Returns the note below the title of each generated page. */
export function madeFrom(source: string): string {
  return `\`npm run reference\` generates this page from ${source}. A test fails if the page is out of date.`;
}

/** Returns a Markdown table. Escapes each `|` in a cell, and replaces each line break by a space. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(tableLine).join('\n');
}

function tableLine(cells: readonly string[]): string {
  const escaped = cells.map((cell) => cell.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', String.raw`\|`));
  return `| ${escaped.join(' | ')} |`;
}

/** Joins names for a sentence: `writer, poller, and job-launcher`. */
export const listed = (names: readonly string[]): string => new Intl.ListFormat('en').format(names);

export const code = (text: string): string => `\`${text}\``;
