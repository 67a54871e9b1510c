import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { firstLine, run } from '../../support/run.ts';

/** starlark-rust as a Python package, because no maintained Starlark interpreter exists for Node.js. */
const WHEEL = 'starlark-pyo3==2026.1.3';

const EVALUATE = join(import.meta.dirname, 'evaluate.py');
const PYTHONS = ['python3', 'python'];

interface Interpreter {
  python: string;
  env: { PYTHONPATH: string };
}

let found: Promise<Interpreter> | undefined;

/** Returns why the Tiltfile can't be evaluated here, as a phrase without a subject. Returns undefined if it can. */
export async function whyNoInterpreter(): Promise<string | undefined> {
  try {
    await run('kubectl', ['version', '--client']);
  } catch {
    return 'needs kubectl, which renders what the Tiltfile deploys: https://kubernetes.io/docs/tasks/tools';
  }
  try {
    const { python, env } = await interpreter();
    await run(python, ['-c', 'import starlark'], { env });
    return undefined;
  } catch (error) {
    return `needs Python 3 with pip and the package ${WHEEL}, a Starlark interpreter: ${firstLine(error)}`;
  }
}

/** Returns the output of `evaluate.py` for this input. Rejects with the interpreter's message if the Tiltfile fails. */
export async function evaluateTiltfile(input: object): Promise<string> {
  const { python, env } = await interpreter();
  return run(python, [EVALUATE], { env, input: JSON.stringify(input) });
}

function interpreter(): Promise<Interpreter> {
  return (found ??= findInterpreter());
}

async function findInterpreter(): Promise<Interpreter> {
  for (const python of PYTHONS) {
    // Each version of Python has its own folder, because a wheel works with only one version.
    const print = 'import sys; print("%s-%d.%d" % (sys.implementation.name, *sys.version_info[:2]))';
    const version = (await run(python, ['-c', print]).catch(() => '')).trim();
    if (!/-3\./.test(version)) continue;
    const folder = join(ROOT, '.local', 'starlark', `${WHEEL}-${version}`);
    if (!existsSync(folder)) await install(python, folder);
    return { python, env: { PYTHONPATH: folder } };
  }
  throw new Error(`no ${PYTHONS.join(' or ')} of version 3 on PATH`);
}

async function install(python: string, folder: string): Promise<void> {
  const partial = `${folder}.${process.pid}`;
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
  await run(python, ['-m', 'pip', 'install', ...options, '--target', partial, WHEEL]);
  // If another process was faster, its folder has the same content.
  await rename(partial, folder).catch(() => rm(partial, { recursive: true }));
}
