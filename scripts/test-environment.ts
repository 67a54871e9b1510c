import { ownEnvironment } from '@beyond-headers/local-process/shell-variables';

/* A test is about what it sets itself: what the shell happens to have goes, before anything reads it. */
const { env } = ownEnvironment(process.env, 'tests');
for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
Object.assign(process.env, env);
