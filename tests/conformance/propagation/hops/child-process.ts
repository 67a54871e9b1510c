import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  extractFromEnvironment,
  processEnvCarrier,
  type ProcessEnvironment,
} from '@beyond-headers/propagation';
import { asText, combine, inTurn, type Opening } from './hop.ts';

const run = promisify(execFile);
const PRINT_ENVIRONMENT = 'process.stdout.write(JSON.stringify(process.env))';

/** A hop over the environment of a real child process, without Kubernetes. */
export const opening: Opening<ProcessEnvironment> = {
  name: 'child process',
  open: async () => ({
    carrier: processEnvCarrier,
    create: () => ({}),
    write(env, lines) {
      for (const [field, value] of combine(lines)) env[environmentName(field)] = asText(value);
    },
    writeMiscased(env, value) {
      env.traceparent = value;
    },
    carry: (carriers) => inTurn(carriers, environmentOfChild, extractFromEnvironment),
  }),
};

/** Applies the naming rule of the env-carrier specification. It is a second implementation, which tests the first one. */
export function environmentName(field: string): string {
  const name = Array.from(field.toUpperCase(), (letter) => (/[A-Z0-9_]/.test(letter) ? letter : '_')).join(
    '',
  );
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

async function environmentOfChild(env: ProcessEnvironment): Promise<ProcessEnvironment> {
  const { stdout } = await run(process.execPath, ['-e', PRINT_ENVIRONMENT], { env });
  return JSON.parse(stdout) as ProcessEnvironment;
}
