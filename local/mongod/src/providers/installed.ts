import { cachedProgram, runnable } from '../cache.ts';
import type { Provider } from './provider.ts';

/** The program to which `MONGOD` is set. */
export const named: Provider = {
  name: 'the path in MONGOD',
  async find({ env }) {
    if (!env.MONGOD) throw new Error('MONGOD is not set');
    return runnable(env.MONGOD);
  },
};

/** The program that is installed on this machine. */
export const onPath: Provider = {
  name: 'mongod on PATH',
  find: () => runnable('mongod'),
};

/** The program that an earlier run downloaded. */
export const cached: Provider = {
  name: 'an earlier download in .local/mongod',
  find: ({ cacheDirectory }) => runnable(cachedProgram(cacheDirectory)),
};
