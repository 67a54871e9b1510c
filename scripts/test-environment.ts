import { ownEnvironment } from '@beyond-headers/local-process/own-environment';

/* Removes the shell's settings before anything reads them, so that tests depend only on what they set themselves. */
const { env } = ownEnvironment(process.env, 'tests');
for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
Object.assign(process.env, env);
