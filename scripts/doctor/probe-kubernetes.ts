import { runProgram } from './run-program.ts';
import type { KubernetesFact } from './facts.ts';

/** Returns what kubectl and Tilt report. Changes nothing in a cluster. */
export async function kubernetesFact(): Promise<KubernetesFact> {
  const [context, ready, tilt] = await Promise.all([
    runProgram('kubectl', 'config', 'current-context'),
    runProgram('kubectl', 'get', '--raw', '/readyz', '--request-timeout', '5s'),
    runProgram('tilt', 'version'),
  ]);
  return {
    hasKubectl: context.found,
    hasTilt: tilt.found,
    context: context.stdout.trim() || undefined,
    answers: ready.exitCode === 0,
  };
}
