import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../support/until.ts';
import { firstLine, run } from './run.ts';

const PROGRAMS = [
  ['tilt', ['version'], 'https://docs.tilt.dev/install.html'],
  ['docker', ['version'], 'an engine that builds images'],
  ['kubectl', ['version', '--request-timeout=10s'], 'with a current context of a local cluster'],
] as const;
const COMMAND_MS = 120_000;

/** Why Tilt can't be run here, to follow a subject; undefined where it can. */
export async function whyNoTilt(): Promise<string | undefined> {
  for (const [program, args, what] of PROGRAMS) {
    try {
      await run(program, [...args]);
    } catch (error) {
      return `needs ${program} (${what}): ${firstLine(error)}`;
    }
  }
  return undefined;
}

export interface TiltOptions {
  /** The folder of the Tiltfile. */
  cwd: string;
  /** The port of Tilt's own page and API. */
  port: number;
  env: NodeJS.ProcessEnv;
}

interface Build {
  startTime: string;
  error?: string;
}

interface Command {
  status?: { terminated?: { startedAt: string; exitCode: number; reason?: string } };
}

interface UiButton {
  metadata: { name: string };
  spec: { inputs?: Array<{ name: string; text?: { defaultValue?: string } }> };
  status?: object;
}

/** Tilt's command line, and what it says of what it runs: https://api.tilt.dev */
export class Tilt {
  readonly #options: TiltOptions;
  #up: ChildProcess | undefined;
  #log = '';

  constructor(options: TiltOptions) {
    this.#options = { ...options, env: { ...options.env, DO_NOT_TRACK: '1' } };
  }

  /** Runs a command of Tilt to its end; rejects with what it said when that is not a good one. */
  async run(...args: string[]): Promise<string> {
    const { cwd, env } = this.#options;
    try {
      return await run('tilt', args, { cwd, env });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`tilt ${args.join(' ')} failed.\n${stdout}${stderr}`, { cause: error });
    }
  }

  /** `tilt ci`, which ends when all is well, or when something is not. */
  ci(): Promise<string> {
    return this.run('ci', '--port', this.#port);
  }

  /** `tilt up`, which runs until `stop`. */
  up(): void {
    const { cwd, env } = this.#options;
    const child = spawn('tilt', ['up', '--stream', '--port', this.#port], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (this.#log += text));
    this.#up = child;
  }

  /** What `tilt up` said so far. */
  get log(): string {
    return this.#log;
  }

  async stop(): Promise<void> {
    if (!this.#up || this.#up.exitCode !== null) return;
    const ended = once(this.#up, 'exit');
    this.#up.kill('SIGTERM');
    await ended;
  }

  async down(): Promise<void> {
    await this.run('down', '--delete-namespaces');
  }

  /** Builds and updates of a resource, the last one first; none before the API answers. */
  async builds(resource: string): Promise<Build[]> {
    const found = await this.#get<{ status?: { buildHistory?: Build[] } }>('uiresource', resource);
    return found?.status?.buildHistory ?? [];
  }

  /** Resolves when a resource was built for the first time; rejects with Tilt's log when that failed. */
  async untilBuilt(resource: string, deadlineMs: number): Promise<void> {
    const [last] = await until(
      () => this.builds(resource),
      (builds) => builds.length > 0 || this.#up?.exitCode !== null,
      { deadlineMs, what: `a first build of ${resource}` },
    ).catch((cause: unknown) => {
      throw new Error(this.#log, { cause });
    });
    if (!last || last.error) throw new Error(`${resource}: ${last?.error ?? 'tilt ended'}\n${this.#log}`);
  }

  /** When Tilt last began to build an image. */
  async imageBuiltAt(image: string): Promise<string | undefined> {
    const name = image.replaceAll('/', '_');
    const found = await this.#get<{ status?: { buildStartTime?: string } }>('imagemap', name);
    return found?.status?.buildStartTime;
  }

  /** Clicks a button as the page does, and resolves when its command has ended well. */
  async click(name: string, inputs: Record<string, string> = {}): Promise<void> {
    const before = await this.#ended(name);
    await this.#putClick(name, inputs);
    const ended = await until(
      () => this.#ended(name),
      (now) => now && now.startedAt !== before?.startedAt,
      { deadlineMs: COMMAND_MS, what: `the command of the button ${name}` },
    );
    if (ended?.exitCode !== 0)
      throw new Error(`The button ${name} ended with ${ended?.exitCode} ${ended?.reason}.\n${this.#log}`);
  }

  async #ended(button: string) {
    return (await this.#get<Command>('cmd', `button-${button}`))?.status?.terminated;
  }

  /** The command line can't write a status, so through the page's way to the API, with the page's token. */
  async #putClick(name: string, inputs: Record<string, string>): Promise<void> {
    const page = `http://127.0.0.1:${this.#port}`;
    const [cookie = ''] = (await fetch(page)).headers.getSetCookie();
    const headers = { cookie: cookie.split(';')[0] ?? '', 'content-type': 'application/json' };
    const url = `${page}/proxy/apis/tilt.dev/v1alpha1/uibuttons/${name}`;
    const button = (await (await fetch(url, { headers })).json()) as UiButton;
    const given = (button.spec.inputs ?? []).map((input) => ({
      name: input.name,
      text: { value: inputs[input.name] ?? input.text?.defaultValue },
    }));
    const status = { ...button.status, lastClickedAt: toMicroTime(new Date()), inputs: given };
    const body = JSON.stringify({ ...button, status });
    const response = await fetch(`${url}/status`, { method: 'PUT', headers, body });
    if (!response.ok) throw new Error(`Failed to click ${name}: ${response.status} ${await response.text()}`);
  }

  async #get<T>(kind: string, name: string): Promise<T | undefined> {
    const args = ['get', kind, name, '--output', 'json', '--port', this.#port];
    const answer = await run('tilt', args, { env: this.#options.env }).catch(() => undefined);
    return answer ? (JSON.parse(answer) as T) : undefined;
  }

  get #port(): string {
    return String(this.#options.port);
  }
}

/** Kubernetes' time with six digits: https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#MicroTime */
const toMicroTime = (date: Date): string => date.toISOString().replace('Z', '000Z');
