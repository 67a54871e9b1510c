import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import type { Container } from '../hardening/kubernetes-object.ts';

/* The other files that define the same system: docker-compose.yml, Dockerfile, and .env. */

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');

export interface ComposeService {
  image?: string;
  build?: { target: string };
  entrypoint?: string[];
  command?: string[];
  user?: string;
  environment?: Record<string, string>;
  mem_limit?: string;
  depends_on?: Record<string, object>;
  volumes?: string[];
}

/** Returns the services of docker-compose.yml, with the values of .env filled in. */
export function composeServices(): Record<string, ComposeService> {
  const settings = parseEnv(read('.env'));
  // `${NAME:+text}` is the text if the variable is not empty: https://docs.docker.com/reference/compose-file/interpolation/
  const chosen = read('docker-compose.yml').replaceAll(
    /\$\{(\w+):\+((?:[^{}]|\{\w+\})*)\}/g,
    (_, name: string, text: string) => (settings[name] ? text : ''),
  );
  const text = chosen.replaceAll(
    /(?<!\$)\$(?:\{(\w+)\}|(\w+))/g,
    (whole, braced: string | undefined, bare: string | undefined) => settings[braced ?? bare ?? ''] ?? whole,
  );
  return (parse(text, { merge: true }) as { services: Record<string, ComposeService> }).services;
}

/** Returns the lines of each target of the Dockerfile. */
export function dockerTargets(): Record<string, string> {
  const stages = read('Dockerfile').split(/^(?=FROM )/m);
  return Object.fromEntries(
    stages.flatMap((stage) => {
      const name = /^FROM .* AS (\S+)$/m.exec(stage)?.[1];
      return name ? [[name, stage]] : [];
    }),
  );
}

export const variable = (stage: string | undefined, name: string): string | undefined =>
  new RegExp(String.raw`^ENV .*\b${name}=(\S+)`, 'm').exec(stage ?? '')?.[1];

/** Returns the memory limit as Compose writes it: 192m for 192Mi. */
export const memoryLimit = ({ resources }: Container): string | undefined =>
  resources?.limits?.['memory']?.replace(/Mi$/, 'm');
