import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { build } from 'tsdown';
import { stringify } from 'yaml';
import { COMPILER } from './build-package.ts';
import { krewManifest, PLUG_IN, PLUG_IN_FILES } from './krew-manifest.ts';
import { licensesOf } from './licenses.ts';
import { sharedVersion } from './recipes.ts';

/** Paths of the files from which users install the kubectl plug-in. */
export interface PackedPlugIn {
  /** The program as a single file, for a folder on the PATH. */
  program: string;
  /** The program and its licenses, for krew. */
  archive: string;
  /** krew's manifest for the archive. */
  manifest: string;
}

/** Writes the kubectl plug-in to a folder: as one file that needs only Node.js, as an archive, and with krew's manifest. */
export async function packPlugIn(folder: string): Promise<PackedPlugIn> {
  const source = mkdtempSync(join(tmpdir(), `pack-${PLUG_IN}-`));
  try {
    const modules = await buildProgram(source);
    cpSync(join(ROOT, 'LICENSE'), join(source, 'LICENSE'));
    writeFileSync(join(source, 'THIRD-PARTY-LICENSES'), licensesOf(modules));
    mkdirSync(folder, { recursive: true });
    const archive = join(folder, `${PLUG_IN}.tar.gz`);
    execFileSync('tar', ['-czf', archive, '-C', source, ...PLUG_IN_FILES]);
    const program = join(folder, PLUG_IN);
    cpSync(join(source, PLUG_IN), program);
    const manifest = join(folder, 'beyond.yaml');
    writeFileSync(manifest, stringify(krewManifest(sharedVersion(), sha256(archive), process.env)));
    return { program, archive, manifest };
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

/** Builds the program, and returns the paths of the modules in it. */
async function buildProgram(folder: string): Promise<string[]> {
  const modules: string[] = [];
  const source = join(ROOT, 'packages', PLUG_IN);
  await build({
    ...COMPILER,
    cwd: source,
    dts: false,
    unbundle: false,
    entry: { [PLUG_IN]: join(source, 'src/plug-in.ts') },
    outDir: folder,
    deps: { alwaysBundle: [/./], neverBundle: NOT_LOADED, onlyBundle: false },
    outputOptions: { codeSplitting: false, banner: '#!/usr/bin/env node' },
    plugins: [
      {
        name: 'modules',
        generateBundle(_, bundle) {
          for (const part of Object.values(bundle))
            if (part.type === 'chunk') modules.push(...part.moduleIds);
        },
      },
    ],
  });
  // kubectl finds a plug-in by its exact file name. Node.js detects from the content that the file is an ES module.
  const program = join(folder, PLUG_IN);
  renameSync(`${program}.mjs`, program);
  chmodSync(program, 0o755);
  return modules;
}

/** Modules that only services and jobs with MongoDB load. The plug-in runs as a job, and src/plug-in.ts enables one instrumentation. */
const NOT_LOADED = [
  /\/service-sdk\.ts$/,
  '@opentelemetry/auto-instrumentations-node',
  '@opentelemetry/instrumentation-mongodb',
];

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
