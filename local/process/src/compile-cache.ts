import { join } from 'node:path';
import { ROOT } from './root.ts';

/** For the environment of a program of Node.js: spares it a third of the work of its start, from the second time on. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(ROOT, '.local', 'compile-cache') };
