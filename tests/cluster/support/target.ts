import { run } from '../../support/run.ts';

/** The cluster under test. Without `importImage`, images have to be in the cluster already. */
export interface Target {
  kubeconfig: string;
  importImage?: (archive: string) => Promise<void>;
}

export const NEEDS =
  'test:cluster needs a Kubernetes cluster whose pods reach this machine. Set TEST_CLUSTER to a program that knows ' +
  '`up`, `kubeconfig` and `import-image FILE`, or KUBECONFIG together with REPORT_JOB_IMAGE, an image that the cluster has.';

/** Finds the cluster, and starts it if `TEST_CLUSTER` is set. Returns undefined if the environment names no cluster. */
export async function findTarget(env: NodeJS.ProcessEnv): Promise<Target | undefined> {
  const program = env['TEST_CLUSTER'];
  if (program) {
    await run(program, ['up']);
    return {
      kubeconfig: (await run(program, ['kubeconfig'])).trim(),
      importImage: async (archive) => void (await run(program, ['import-image', archive])),
    };
  }
  return env['KUBECONFIG'] && env['REPORT_JOB_IMAGE'] ? { kubeconfig: env['KUBECONFIG'] } : undefined;
}
