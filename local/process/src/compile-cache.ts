import { join } from 'node:path';
import { ROOT } from './root.ts';

/** For the environment of a Node.js program. It saves a third of the work at startup, from the second start on. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(ROOT, '.local', 'compile-cache') };
