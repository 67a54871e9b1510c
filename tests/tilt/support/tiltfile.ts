import { ROOT } from '@beyond-headers/local-process/root';
import { evaluateTiltfile } from './interpreter.ts';

/** A call of a Tilt function, with its arguments by name. */
export interface Call {
  call: string;
}

export interface DockerBuild extends Call {
  ref: string;
  context: string;
  target: string;
  build_args: Record<string, string>;
  only: string[];
  live_update?: LiveUpdateStep[];
  match_in_env_vars?: boolean;
}

export type LiveUpdateStep =
  | { call: 'fall_back_on'; files: string[] }
  | { call: 'sync'; local_path: string; remote_path: string }
  | { call: 'run'; cmd: string; trigger?: string[] };

export interface Link extends Call {
  url: string;
  name: string;
}

export interface PortForward extends Call {
  local_port: number;
  container_port: number;
  name: string;
  host?: string;
}

export interface Resource extends Call {
  workload?: string;
  new_name?: string;
  port_forwards?: PortForward[];
  extra_pod_selectors?: Array<Record<string, string>>;
  discovery_strategy?: string;
  pod_readiness?: string;
  objects?: string[];
  trigger_mode?: string;
  links?: Link[];
  labels?: string[];
}

export interface LocalResource extends Call {
  name: string;
  cmd?: string[];
  serve_cmd?: string[];
  env?: Record<string, string>;
  resource_deps?: string[];
  auto_init?: boolean;
  labels?: string[];
}

export interface Button extends Call {
  name: string;
  location: { component_type: string; component_id: string };
  inputs: Array<{ name: string }>;
  requires_confirmation: boolean;
}

export interface Command extends Call {
  name: string;
  args: string[];
  env: string[];
  start_on: { ui_buttons: string[] };
}

interface Calls {
  docker_build: DockerBuild;
  k8s_yaml: Call & { yaml: { pathToDir: string } };
  k8s_resource: Resource;
  port_forward: PortForward;
  local_resource: LocalResource;
  'v1alpha1.ui_button': Button;
  'v1alpha1.cmd': Command;
}

/** The calls and the output of an evaluated Tiltfile. */
export class Evaluation {
  readonly #calls: Call[];
  readonly prints: string[];

  constructor({ calls, prints }: { calls: Call[]; prints: string[] }) {
    this.#calls = calls;
    this.prints = prints;
  }

  callsOf<Name extends keyof Calls>(name: Name): Array<Calls[Name]> {
    return this.#calls.filter(({ call }) => call === name) as Array<Calls[Name]>;
  }

  /** The names that Tilt's page shows. */
  get resourceNames(): string[] {
    const deployed = this.callsOf('k8s_resource').map(({ workload, new_name: own }) => own ?? workload ?? '');
    return [...deployed, ...this.callsOf('local_resource').map(({ name }) => name)];
  }
}

export type Subcommand = 'up' | 'ci' | 'down';
export const CONTEXT = 'kind-anything';

/** Evaluates the Tiltfile as `tilt <subcommand>` does. Rejects with the interpreter's message if it fails. */
export async function evaluate(
  subcommand: Subcommand,
  env: Record<string, string> = {},
  root = ROOT,
): Promise<Evaluation> {
  const answer = await evaluateTiltfile({ root, subcommand, env, context: CONTEXT });
  return new Evaluation(JSON.parse(answer) as { calls: Call[]; prints: string[] });
}
