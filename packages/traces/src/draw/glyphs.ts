export const unicode = {
  work: '█',
  wait: '░',
  /** A span shorter than half a column. */
  tick: '▏',
  root: '●',
  orphan: '◌',
  child: '├',
  lastChild: '└',
  line: '│',
  link: '↩',
  error: '✗',
  ellipsis: '…',
  dot: '·',
  /** Replaces characters of this package's own texts that are not in this set. */
  plain: (text: string): string => text,
};

export type Glyphs = typeof unicode;

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
  ellipsis: '~',
  dot: '-',
  plain: (text) => text.replace('µ', 'u').replace('≈', '~'),
};
