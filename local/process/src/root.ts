import { join } from 'node:path';

/** The path of this project's root, without a trailing slash. */
export const ROOT = join(import.meta.dirname, '../../..');
