import { join } from 'node:path';

/** The root of this project, as a path without a slash at its end. */
export const ROOT = join(import.meta.dirname, '../../..');
