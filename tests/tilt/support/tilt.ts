import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../support/until.ts';
import { firstLine, run } from '../../support/run.ts';
import { TiltApi, toMicroTime } from './tilt-api.ts';

const PROGRAMS = [
  ['tilt', ['version'], 'https://docs.tilt.dev/install.html'],
  ['docker', ['version'], 'an engine that builds images'],
  ['kubectl', ['version', '--request-timeout=10s'], 'with a current context of a local cluster'],
] as const;
const COMMAND_MS = 120_000;

/** Returns why Tilt can't run here, as a phrase without a subject. Returns undefined if it can. */
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
  /** The file to which Tilt writes the address of its API. */
  configFile: string;
  /** The port of Tilt's web page. */
  port: number;
  env: NodeJS.ProcessEnv;
}

interface UiResource {
  status?: { buildHistory?: Array<{ error?: string }> };
}

interface Command {
  status?: { terminated?: { startedAt: string; exitCode: number; reason?: string } };
}

interface UiButton {
  spec: { inputs?: Array<{ name: string; text?: { defaultValue?: string } }> };
  status?: object;
}

/** Runs Tilt's commands in a folder, and a single `tilt up`. */
export class Tilt {
  readonly #options: TiltOptions;
  readonly #api: TiltApi;
  #up: ChildProcess | undefined;
  #log = '';

  constructor(options: TiltOptions) {
    const env = { ...options.env, DO_NOT_TRACK: '1', TILT_CONFIG: options.configFile };
    this.#options = { ...options, env };
    this.#api = new TiltApi(options.configFile, options.port);
  }

  /** Runs a command of Tilt. Rejects with its output if it fails. */
  async run(...args: string[]): Promise<string> {
    const { cwd, env } = this.#options;
    try {
      return await run('tilt', args, { cwd, env });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`tilt ${args.join(' ')} failed.\n${stdout}${stderr}`, { cause: error });
    }
  }

  /** Runs `tilt ci`, which ends when all resources are ready, or when one has failed. */
  ci(): Promise<string> {
    return this.run('ci', '--port', String(this.#options.port));
  }

  /** Starts `tilt up`, which runs until `stop`. */
  up(): void {
    const { cwd, env, port } = this.#options;
    const child = spawn('tilt', ['up', '--stream', '--port', String(port)], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (this.#log += text));
    this.#up = child;
  }

  /** The output of `tilt up` so far. */
  get log(): string {
    return this.#log;
  }

  async stop(): Promise<void> {
    if (!this.#up || this.#hasEnded) return;
    const ended = once(this.#up, 'exit');
    this.#up.kill('SIGTERM');
    await ended;
  }

  async down(): Promise<void> {
    await this.run('down', '--delete-namespaces');
  }

  /** Waits until a resource has been built, or a local resource has run, for the first time. Rejects with Tilt's log if that failed. */
  async untilBuilt(resource: string, deadlineMs: number): Promise<void> {
    const [last] = await until(
      async () => (await this.#api.get<UiResource>('uiresources', resource))?.status?.buildHistory ?? [],
      (builds) => builds.length > 0 || this.#hasEnded,
      { deadlineMs, what: `a first build of ${resource}` },
    ).catch((cause: unknown) => {
      throw new Error(this.#log, { cause });
    });
    if (!last || last.error) throw new Error(`${resource}: ${last?.error ?? 'tilt has ended'}\n${this.#log}`);
  }

  /** Returns when Tilt last started to build an image. */
  async imageBuiltAt(image: string): Promise<string | undefined> {
    const name = image.replaceAll('/', '_');
    const found = await this.#api.get<{ status?: { buildStartTime?: string } }>('imagemaps', name);
    return found?.status?.buildStartTime;
  }

  /** Clicks a button as Tilt's page does, and waits until its command has succeeded. */
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
    return (await this.#api.get<Command>('cmds', `button-${button}`))?.status?.terminated;
  }

  async #putClick(name: string, inputs: Record<string, string>): Promise<void> {
    const button = await this.#api.get<UiButton>('uibuttons', name);
    if (!button) throw new Error(`There is no button ${name}.`);
    const given = (button.spec.inputs ?? []).map((input) => ({
      name: input.name,
      text: { value: inputs[input.name] ?? input.text?.defaultValue },
    }));
    const status = { ...button.status, lastClickedAt: toMicroTime(new Date()), inputs: given };
    await this.#api.putStatus('uibuttons', name, { ...button, status });
  }

  get #hasEnded(): boolean {
    return this.#up?.exitCode !== null || this.#up.signalCode !== null;
  }
}
