import { globSync } from 'node:fs';
import { SERVERS } from '../../../support/servers.ts';
import type { Hop, Opening } from './hop.ts';

const files = globSync('*.ts', { cwd: import.meta.dirname, exclude: ['all-hops.ts'] }).toSorted();
const modules = await Promise.all(files.map((file) => import(`./${file}`) as Promise<{ opening?: Opening }>));

/** Every hop that the table runs over. `skip` says what a hop lacks on this machine. */
export const openings: readonly [name: string, open: () => Promise<Hop>, skip: string | undefined][] =
  modules.flatMap(({ opening }) =>
    opening ? [[opening.name, opening.open, missing(opening)] as const] : [],
  );

function missing({ needs }: Opening): string | undefined {
  const what = needs && SERVERS[needs].missing();
  return what && `left out: it needs ${what}`;
}
