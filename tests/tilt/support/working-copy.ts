import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { findFreePort } from '@beyond-headers/local-process';
import type { Edit } from './edits.ts';
import { run } from '../../support/run.ts';
import { Tilt } from './tilt.ts';

/** A copy of the project in its own folder and with its own ports, so that tests may edit its sources. */
export class WorkingCopy {
  readonly tilt: Tilt;
  readonly playground: string;
  readonly writer: string;
  readonly traces: string;
  readonly #folder: string;

  private constructor(folder: string, ports: number[]) {
    const [port = 0, playground = 0, writer = 0, traces = 0] = ports;
    this.#folder = folder;
    this.playground = `http://127.0.0.1:${playground}`;
    this.writer = `http://127.0.0.1:${writer}`;
    this.traces = `http://127.0.0.1:${traces}`;
    const env = {
      PLAYGROUND_PORT: String(playground),
      WRITER_PORT: String(writer),
      TRACES_PORT: String(traces),
    };
    // Outside of the copy, because Tilt would watch the file.
    this.tilt = new Tilt({ cwd: folder, configFile: `${folder}.config`, port, env });
  }

  static async create(): Promise<WorkingCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'beyond-headers-tilt-'));
    const listed = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
    for (const path of listed.split('\0').filter(Boolean)) await cp(join(ROOT, path), join(folder, path));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const ports: number[] = [];
    while (ports.length < 4) ports.push(await findFreePort());
    return new WorkingCopy(folder, ports);
  }

  /** Replaces text in a file. Throws if the file doesn't contain it. */
  async edit({ path, old, replacement }: Edit): Promise<void> {
    const file = join(this.#folder, path);
    const source = await readFile(file, 'utf8');
    if (!source.includes(old)) throw new Error(`${path} has no ${JSON.stringify(old)}`);
    await writeFile(file, source.replace(old, replacement));
  }

  async remove(): Promise<void> {
    for (const path of [this.#folder, `${this.#folder}.config`, `${this.#folder}.config.lock`])
      await rm(path, { recursive: true, force: true });
  }
}
