import { outputOf } from '../../support/run.ts';

/** The part of `docker compose config --format json` that the tests check. */
export interface ServiceConfig {
  build?: { target?: string };
  image?: string;
  container_name?: string;
  privileged?: boolean;
  read_only?: boolean;
  user?: string;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  network_mode?: string;
  pid?: string;
  ipc?: string;
  devices?: unknown[];
  mem_limit?: string;
  restart?: string;
  logging?: { options?: Record<string, string> };
  healthcheck?: { test?: string[]; disable?: boolean };
  command?: string[] | null;
  entrypoint?: string[] | null;
  environment?: Record<string, string | null>;
  ports?: Array<{ host_ip?: string; published?: string; target: number }>;
  volumes?: Array<{ type: string; source: string; target: string; read_only?: boolean }>;
  depends_on?: Record<string, { condition: string }>;
}

export interface ComposeConfig {
  version?: string;
  services: Record<string, ServiceConfig>;
}

/** Returns the resolved Compose file and Compose's warnings. By default, includes all profiles. */
export async function composeConfig(
  env: NodeJS.ProcessEnv = {},
  profile = '*',
): Promise<{ config: ComposeConfig; warnings: string }> {
  const args = ['compose', '--profile', profile, 'config', '--format', 'json'];
  const { stdout, stderr } = await outputOf('docker', args, { env });
  return { config: JSON.parse(stdout) as ComposeConfig, warnings: stderr };
}
