import type { Note } from './notes.ts';

export interface Glyphs {
  work: string;
  wait: string;
  /** A span shorter than half a column. */
  tick: string;
  root: string;
  orphan: string;
  child: string;
  lastChild: string;
  line: string;
  link: string;
  error: string;
  /** What a note begins with. */
  note: Record<Note['tone'], string>;
  ellipsis: string;
  dot: string;
  /** Replaces what a duration has beyond ASCII. */
  plain(text: string): string;
}

export const unicode: Glyphs = {
  work: '█',
  wait: '░',
  tick: '▏',
  root: '●',
  orphan: '◌',
  child: '├',
  lastChild: '└',
  line: '│',
  link: '↩',
  error: '✗',
  note: { link: '↩ ', error: '✗ ', orphan: '', pending: '' },
  ellipsis: '…',
  dot: '·',
  plain: (text) => text,
};

export const ascii: Glyphs = {
  work: '#',
  wait: '.',
  tick: '|',
  root: '*',
  orphan: '?',
  child: '|',
  lastChild: '`',
  line: '|',
  link: '<-',
  error: 'x',
  note: { link: '<- ', error: 'x ', orphan: '', pending: '' },
  ellipsis: '~',
  dot: '-',
  plain: (text) => text.replace('µ', 'u').replace('≈', '~'),
};
