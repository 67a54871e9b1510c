import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'tsdown';

/**
 * Merges the report-job and its preload into a few files, because a start costs for each file. Runs where their sources and
 * dependencies are, inside a build. What stays a package is looked for from the folder that this writes.
 */
const { values: options } = parseArgs({
  options: {
    /** From the root of the project. */
    main: { type: 'string', default: 'services/report-job/main.ts' },
    output: { type: 'string', default: 'services/report-job/dist' },
    /** The program alone, to compare with. */
    bare: { type: 'boolean', default: false },
  },
});

const ROOT = join(import.meta.dirname, '../..');
const TELEMETRY = join(ROOT, 'packages/telemetry/src');

const PRELOAD = {
  register: join(TELEMETRY, 'register.ts'),
  // Started by its path, beside what starts it.
  'post-spans': join(TELEMETRY, 'export/post-spans.ts'),
};

/** What every job loads at its start, with all that it imports: in one file. */
const START = /\/telemetry\/src\/(start|job-sdk)\.ts$|\/instrumentation-(mongodb|undici)\//;

/** A process has one copy of the API; what is patched is known by its path; the others are for a job that asks for them. */
const PACKAGES = [
  /^@opentelemetry\/api($|\/)/,
  'mongodb',
  'pino',
  /^import-in-the-middle($|\/)/,
  '@opentelemetry/auto-instrumentations-node',
  '@opentelemetry/sdk-node',
];

await build({
  config: false,
  tsconfig: false,
  cwd: ROOT,
  platform: 'node',
  dts: false,
  fixedExtension: true,
  entry: { main: join(ROOT, options.main), ...(!options.bare && PRELOAD) },
  outDir: options.output,
  deps: { alwaysBundle: [/./], neverBundle: PACKAGES, onlyBundle: false },
  outputOptions: {
    chunkFileNames: '[name].mjs',
    codeSplitting: { groups: [{ name: 'start', test: START }] },
  },
  logLevel: 'error',
});
