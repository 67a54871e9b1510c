import { globSync } from 'node:fs';
import type { Opening } from './hop.ts';

type ServerOpening = Opening & Required<Pick<Opening, 'needs'>>;

const files = globSync('*.ts', { cwd: import.meta.dirname, exclude: ['all-hops.ts'] }).toSorted();
const modules = await Promise.all(files.map((file) => import(`./${file}`) as Promise<{ opening?: Opening }>));
const openings = modules.flatMap(({ opening }) => opening ?? []);

/** The hops that need nothing but Node.js. The suite `conformance` runs over them. */
export const hops: readonly Opening[] = openings.filter(({ needs }) => !needs);

/** The hops over real brokers and databases. The suite `media` runs over them. */
export const serverHops = openings.filter((opening): opening is ServerOpening => opening.needs !== undefined);
