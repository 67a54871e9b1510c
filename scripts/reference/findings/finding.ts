import { basename } from 'node:path';
import { find, read } from '../../project-files.ts';

/** The fields in the header of each script in findings/, in this order. */
const FIELDS = ['title', 'claim', 'guess', 'versions', 'seen', 'date', 'page'] as const;

type Field = (typeof FIELDS)[number];

/** A surprising behavior of other software, and the script that shows it. */
export interface Finding extends Record<Field, string> {
  /** The script's name without its extension. */
  name: string;
  /** Relative to the root of the project. */
  path: string;
  text: string;
}

/** Reads all scripts in findings/. The subfolder support/ has their shared code, and is skipped. */
export function readFindings(): Finding[] {
  return find('findings/*.sh').map((path) => ({
    name: basename(path, '.sh'),
    path,
    ...parseFinding(path),
  }));
}

function parseFinding(path: string): Record<Field, string> & { text: string } {
  const text = read(path);
  const fields = Array.from(
    text.matchAll(/^# (\w+):(.*)\n((?:#   .*\n)*)/gm),
    ([, name, first = '', rest = '']) => {
      const lines = [first.trim(), ...rest.split('\n').map((line) => line.slice('#   '.length))];
      return [name, (name === 'seen' ? lines.join('\n') : lines.join(' ')).trim()];
    },
  );
  const names = fields.map(([name]) => name).join(', ');
  if (names !== FIELDS.join(', ') || fields.some(([, value]) => value === ''))
    throw new Error(
      `Failed to read ${path}: its header has ${names}. Expected ${FIELDS.join(', ')}, none of them empty.`,
    );
  return { text, ...(Object.fromEntries(fields) as Record<Field, string>) };
}
