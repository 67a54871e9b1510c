import { cachedProgram, mongodVersion } from '../cache.ts';
import type { Provider } from './provider.ts';

/** The program to which `MONGOD` is set. */
export const named: Provider = {
  name: 'the path in MONGOD',
  async find({ env }) {
    if (!env.MONGOD) throw new Error('MONGOD is not set');
    await mongodVersion(env.MONGOD);
    return env.MONGOD;
  },
};

/** The program that is installed on this machine. */
export const onPath: Provider = {
  name: 'mongod on PATH',
  async find() {
    await mongodVersion('mongod');
    return 'mongod';
  },
};

/** The program that an earlier run downloaded. */
export const cached: Provider = {
  name: 'an earlier download in .local/mongod',
  async find({ cacheDirectory }) {
    const program = cachedProgram(cacheDirectory);
    await mongodVersion(program);
    return program;
  },
};
