import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  extractFromEnvironment,
  processEnvCarrier,
  type ProcessEnvironment,
} from '@beyond-headers/propagation';
import { asText, combine, type Hop, type Opening } from './hop.ts';

const run = promisify(execFile);
const PRINT_ENVIRONMENT = 'process.stdout.write(JSON.stringify(process.env))';

/** Opens a hop over the environment of a real child process, without Kubernetes. */
function openChildProcessHop(): Promise<Hop<ProcessEnvironment>> {
  return Promise.resolve({
    carrier: processEnvCarrier,
    create: () => ({}),
    write: (env, lines) => {
      for (const [field, value] of combine(lines)) env[environmentName(field)] = asText(value);
    },
    writeMiscased: (env, value) => {
      env.traceparent = value;
    },
    async carry(carriers) {
      const arrived: ProcessEnvironment[] = [];
      for (const env of carriers) arrived.push(await environmentOfChild(env));
      return arrived.map((env) => () => extractFromEnvironment(env));
    },
    close: () => Promise.resolve(),
  });
}

/** Applies the naming rule of the env-carrier specification. It is a second implementation, which tests the first one. */
export function environmentName(field: string): string {
  const name = Array.from(field.toUpperCase(), (letter) => (/[A-Z0-9_]/.test(letter) ? letter : '_')).join(
    '',
  );
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

async function environmentOfChild(env: ProcessEnvironment): Promise<ProcessEnvironment> {
  const { stdout } = await run(process.execPath, ['-e', PRINT_ENVIRONMENT], {
    env,
  });
  return JSON.parse(stdout) as ProcessEnvironment;
}

export const opening: Opening = { name: 'child process', open: openChildProcessHop };
