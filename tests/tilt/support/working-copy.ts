import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from './run.ts';
import { Tilt } from './tilt.ts';

/** The project in a folder of its own, where a test may edit sources, with ports of its own. */
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
    // Beside the copy and not in it, where Tilt would watch it.
    this.tilt = new Tilt({ cwd: folder, configFile: `${folder}.config`, port, env });
  }

  static async create(): Promise<WorkingCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'beyond-headers-tilt-'));
    const listed = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
    for (const path of listed.split('\0').filter(Boolean)) await cp(join(ROOT, path), join(folder, path));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    return new WorkingCopy(folder, await freePorts(4));
  }

  /** Replaces text of a file; throws where it is not there. */
  async edit(path: string, old: string, replacement: string): Promise<void> {
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

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
