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
  ellipsis: string;
  dot: string;
  micro: string;
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
  ellipsis: '…',
  dot: '·',
  micro: 'µs',
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
  ellipsis: '~',
  dot: '-',
  micro: 'us',
};
