import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'tsdown';

/**
 * Bundles the report-job and its preload into a few files, because each file slows down the start. Runs in a build, beside the sources
 * and dependencies. Packages that aren't bundled must be resolvable from the output folder.
 */
const { values: options } = parseArgs({
  options: {
    /** Relative to the root of the project. */
    main: { type: 'string', default: 'services/report-job/main.ts' },
    output: { type: 'string', default: 'services/report-job/dist' },
    /** Bundles only the program, without the preload, for comparison. */
    bare: { type: 'boolean', default: false },
  },
});

const ROOT = join(import.meta.dirname, '../..');
const TELEMETRY = join(ROOT, 'packages/telemetry/src');

const PRELOAD = {
  register: join(TELEMETRY, 'register.ts'),
  // The preload starts this module as a process, by its path next to its own.
  'post-spans': join(TELEMETRY, 'export/post-spans.ts'),
};

/** Modules that every job loads at startup. They go into one file together with their imports. */
const START = /\/telemetry\/src\/(start|job-sdk)\.ts$|\/instrumentation-(mongodb|undici)\//;

/** Not bundled: the API must exist only once in a process, patched modules are found by path, and few jobs need the rest. */
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
