import { findFreePort, isPortFree } from '@beyond-headers/local-process';
import { setTimeout as delay } from 'node:timers/promises';

import { LASTING } from '../../../services/services.ts';

const CHECK_EVERY_MS = 100;

export const HOST = '127.0.0.1';

interface Port {
  variable: string;
  /** The port that `npm start` uses if the variable is not set. */
  fallback: number;
  what: string;
}

const SERVICE_PORTS = Object.fromEntries(
  Object.entries(LASTING).map(([key, { name, port }]) => [
    key,
    { variable: port.variable, fallback: port.number, what: `the ${name}` },
  ]),
) as Record<keyof typeof LASTING, Port>;

/** All ports of the local system, those of the services first. */
export const PORTS = {
  ...SERVICE_PORTS,
  cluster: { variable: 'CLUSTER_PORT', fallback: 8084, what: 'the Kubernetes API' },
  traces: { variable: 'TRACES_PORT', fallback: 16_686, what: 'the trace store, for its query API and pages' },
  otlp: {
    variable: 'OTLP_HTTP_PORT',
    fallback: 4318,
    what: 'the trace store, for spans that it receives (OTLP over HTTP)',
  },
  mongodb: { variable: 'MONGODB_PORT', fallback: 0, what: 'mongod' },
} satisfies Record<string, Port>;

type PortName = keyof typeof PORTS;
export type Ports = Record<PortName, number>;

const PORT_NAMES = Object.keys(PORTS) as PortName[];

/** Reads the ports from the environment, with the defaults of `npm start`. Throws an error that names the invalid variable. */
export function readPorts(env: NodeJS.ProcessEnv): Ports {
  return forEachPort((name) => readPort(name, env));
}

/** Reads one port from the environment, as {@link readPorts} does. */
export function readPort(name: PortName, env: NodeJS.ProcessEnv): number {
  const { variable, fallback } = PORTS[name];
  const value = env[variable]?.trim() || String(fallback);
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new Error(
    `${variable} is not a port: got ${JSON.stringify(value)}. Expected 0 (a free one) to 65535.`,
  );
}

/**
 * Replaces each 0 with a free port, so that addresses are known before anything listens. Throws an error that names the variables
 * of all ports that are still taken after `patienceMs`.
 */
export async function resolvePorts(wanted: Partial<Ports>, patienceMs = 0): Promise<Ports> {
  const resolved = forEachPort((name) => wanted[name] ?? 0);
  const deadline = Date.now() + patienceMs;
  while ((await takenPorts(resolved)).length > 0 && Date.now() < deadline) await delay(CHECK_EVERY_MS);
  const taken = await takenPorts(resolved);
  if (taken.length > 0) throw new Error(explainTaken(taken, resolved));
  for (const name of PORT_NAMES) resolved[name] ||= await findFreePort();
  return resolved;
}

/** Returns the port of a service. Throws if no service has this name. */
export function servicePort(ports: Ports, name: string): number {
  const [key] = Object.entries(LASTING).find(([, service]) => service.name === name) ?? [];
  if (key === undefined) throw new Error(`No service is named ${name}: services/services.ts lists them.`);
  return ports[key as keyof typeof LASTING];
}

/** Returns the base URL of each port except MongoDB's. */
export function localUrls({ mongodb: _, ...ports }: Ports): Record<Exclude<PortName, 'mongodb'>, string> {
  const urls = Object.entries(ports).map(([name, port]) => [name, urlOf(port)]);
  return Object.fromEntries(urls) as ReturnType<typeof localUrls>;
}

export const urlOf = (port: number): string => `http://${HOST}:${port}`;

async function takenPorts(ports: Ports): Promise<PortName[]> {
  const taken: PortName[] = [];
  for (const name of PORT_NAMES) if (ports[name] !== 0 && !(await isPortFree(ports[name]))) taken.push(name);
  return taken;
}

function explainTaken(taken: PortName[], ports: Ports): string {
  const lines = taken.map((name) => `  port ${ports[name]} (${PORTS[name].variable}) is taken`);
  const variables = taken.map((name) => `${PORTS[name].variable}=0`).join(' ');
  return (
    `Failed to start the local system:\n${lines.join('\n')}\n` +
    `Stop what listens there, or take free ports: ${variables} npm start`
  );
}

function forEachPort(value: (name: PortName) => number): Ports {
  return Object.fromEntries(PORT_NAMES.map((name) => [name, value(name)])) as Ports;
}
