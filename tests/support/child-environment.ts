import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';

/** All that a program gets of this process's environment: where other programs are, and what it need not compile again. */
export const childEnvironment = { PATH: process.env['PATH'], ...COMPILE_CACHE };
