import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';

/** The only variables that child processes get from this process: PATH, and the compile cache. */
export const childEnvironment = { PATH: process.env['PATH'], ...COMPILE_CACHE };
