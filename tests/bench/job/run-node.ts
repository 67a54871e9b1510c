import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { endOf, type End } from '../../support/run.ts';

export const SOURCES = ['--import', '@beyond-headers/telemetry/register'];

const JOB = {
  K8S_JOB_NAME: 'bench',
  OTEL_SERVICE_NAME: 'bench',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
};

/** Runs Node.js with the environment of a Job's pod. */
export const runNode = (args: string[], own: NodeJS.ProcessEnv): Promise<End> =>
  endOf([process.execPath, ...args], {
    cwd: join(ROOT, 'packages/telemetry'),
    env: { PATH: process.env['PATH'], ...JOB, ...own },
  });
