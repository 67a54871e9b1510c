import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const SOURCES = ['--import', '@beyond-headers/telemetry/register'];

const JOB = {
  K8S_JOB_NAME: 'bench',
  OTEL_SERVICE_NAME: 'bench',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
};

/** Runs Node.js with the environment of a Job's pod. */
export async function runNode(
  args: string[],
  own: NodeJS.ProcessEnv,
): Promise<{ stdout: string; code: number | null }> {
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('../../../packages/telemetry/', import.meta.url)),
    env: { PATH: process.env['PATH'], ...JOB, ...own },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { stdout, code };
}
