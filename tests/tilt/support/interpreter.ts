import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { firstLine, ROOT, run } from './run.ts';

/** starlark-rust as a Python package: there is no living interpreter of Starlark for Node. */
const WHEEL = 'starlark-pyo3==2026.1.3';

const EVALUATE = join(import.meta.dirname, 'evaluate.py');
const PYTHONS = ['python3', 'python'];

/** Why the Tiltfile can't be evaluated here, to follow a subject; undefined where it can. Downloads the interpreter the first time. */
export async function whyNoInterpreter(): Promise<string | undefined> {
  try {
    await run('kubectl', ['version', '--client']);
  } catch {
    return 'needs kubectl, which renders what the Tiltfile deploys: https://kubernetes.io/docs/tasks/tools';
  }
  try {
    const python = await findPython();
    await run(python, ['-c', 'import starlark'], { env: { PYTHONPATH: await interpreterFolder(python) } });
    return undefined;
  } catch (error) {
    return `needs Python 3 with pip and the package ${WHEEL}, a Starlark interpreter: ${firstLine(error)}`;
  }
}

/** What `evaluate.py` prints for this input; rejects with the interpreter's message when the Tiltfile fails. */
export async function evaluateTiltfile(input: object): Promise<string> {
  const python = await findPython();
  const env = { PYTHONPATH: await interpreterFolder(python) };
  return run(python, [EVALUATE], { env, input: JSON.stringify(input) });
}

async function findPython(): Promise<string> {
  for (const name of PYTHONS) {
    const version = await run(name, ['-c', 'import sys; print(sys.version_info[0])']).catch(() => '');
    if (version.trim() === '3') return name;
  }
  throw new Error(`no ${PYTHONS.join(' or ')} of version 3 on PATH`);
}

/** A wheel is made for one version of Python, so each version has a folder of its own. */
async function interpreterFolder(python: string): Promise<string> {
  const tag = 'import sys; print("%s-%d.%d" % (sys.implementation.name, *sys.version_info[:2]))';
  const folder = join(ROOT, '.local', 'starlark', `${WHEEL}-${(await run(python, ['-c', tag])).trim()}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
  await run(python, ['-m', 'pip', 'install', ...options, '--target', partial, WHEEL]);
  await rename(partial, folder).catch(() => rm(partial, { recursive: true }));
  return folder;
}
