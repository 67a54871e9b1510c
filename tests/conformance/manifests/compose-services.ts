import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');

interface ComposeService {
  image?: string;
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
