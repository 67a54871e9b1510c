import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@beyond-headers/local-process';
import { type Container, findContainers } from './container.ts';
import { docker, lines } from './docker.ts';

/** Changes by service name, in the format of a second Compose file. */
export type Changes = Record<string, object>;

/** The demo with its own project name and ports, so that it can run beside other instances. */
export class ComposeProject {
  readonly name: string;
  readonly writer: string;
  readonly traces: string;
  readonly #env: Record<string, string>;

  private constructor(name: string, env: Record<string, string>) {
    this.name = name;
    this.writer = `http://127.0.0.1:${env['WRITER_PORT']}`;
    this.traces = `http://127.0.0.1:${env['TRACES_PORT']}`;
    this.#env = env;
  }

  static async create(profile: string): Promise<ComposeProject> {
    const name = `beyond-headers-test-${profile}-${process.pid}`;
    return new ComposeProject(name, {
      COMPOSE_PROJECT_NAME: name,
      COMPOSE_PROFILES: profile,
      WRITER_PORT: String(await findFreePort()),
      TRACES_PORT: String(await findFreePort()),
      PLAYGROUND_PORT: String(await findFreePort()),
    });
  }

  compose(...args: string[]): Promise<string> {
    return docker(['compose', ...args], this.#env);
  }

  /** Returns the same project with additional shell variables. */
  with(variables: Record<string, string>): ComposeProject {
    return new ComposeProject(this.name, { ...this.#env, ...variables });
  }

  /** Runs `up`, and returns how long it took, in milliseconds. Rejects with the last lines of the containers' logs. */
  async up(...args: string[]): Promise<number> {
    const start = performance.now();
    try {
      await this.compose('up', '--wait', ...args);
    } catch (cause) {
      const logs = await this.compose('logs', '--tail', '20').catch(String);
      throw new Error(`docker compose up failed. The last lines of each container:\n${logs}`, { cause });
    }
    return performance.now() - start;
  }

  /** Runs `up` with changes to the services in the file. */
  async upWith(changes: Changes): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'compose-'));
    const path = join(folder, 'changes.json');
    try {
      await writeFile(path, JSON.stringify({ services: changes }));
      await this.compose('--file', 'docker-compose.yml', '--file', path, 'up', '--wait');
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** Returns all containers, including those of one-shot services, which have ended. */
  containers(): Promise<Container[]> {
    return findContainers({ 'com.docker.compose.project': this.name });
  }

  async container(service: string): Promise<Container> {
    const [found] = await findContainers({
      'com.docker.compose.project': this.name,
      'com.docker.compose.service': service,
    });
    if (!found) throw new Error(`There is no container of ${service} in ${this.name}.`);
    return found;
  }

  /** Runs a command in the container of a running service. */
  async exec(service: string, ...command: string[]): Promise<string> {
    return docker(['exec', (await this.container(service)).Id, ...command]);
  }

  /** Removes the project, including the images that it built. Keeps base images. */
  async remove(): Promise<void> {
    await this.compose('--profile', '*', 'down', '--volumes', '--rmi', 'local', '--timeout', '5');
  }

  /** Returns the names of the project's containers, volumes, networks, and images that still exist. */
  async leftovers(): Promise<string[]> {
    const label = `label=com.docker.compose.project=${this.name}`;
    const listed = await Promise.all([
      docker(['ps', '--all', '--filter', label, '--format', 'container {{.Names}}']),
      docker(['volume', 'ls', '--filter', label, '--format', 'volume {{.Name}}']),
      docker(['network', 'ls', '--filter', label, '--format', 'network {{.Name}}']),
      docker(['image', 'ls', '--filter', label, '--format', 'image {{.Repository}}']),
      docker(['image', 'ls', '--filter', `reference=${this.name}*`, '--format', 'image {{.Repository}}']),
    ]);
    return [...new Set(listed.flatMap(lines))];
  }
}
