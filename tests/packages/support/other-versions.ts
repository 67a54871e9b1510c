import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OTHER_VERSIONS } from './versions.ts';

const folder = process.env[OTHER_VERSIONS];
if (!folder)
  throw new Error(`${OTHER_VERSIONS} is not set. Expected a folder. Run: npm run test:packages -- sdks`);
const parentURL = pathToFileURL(join(folder, 'any.js')).href;

// Replaces the API and the SDK's packages, whose versions belong together. Other packages stay, and run on the chosen API.
const REPLACED = /^@opentelemetry\/(api|core|context-async-hooks|sdk-trace|resources|propagator-b3)$/;

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, REPLACED.test(specifier) ? { ...context, parentURL } : context),
});
