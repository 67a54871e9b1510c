import { spawnSync } from 'node:child_process';

/**
 * The button that deletes all orders, reports, Jobs, and traces: `reset.ts kubectl --context … --namespace …`. MongoDB and Jaeger keep
 * their data as long as their pods live, so it restarts them.
 */
const [program = 'kubectl', ...where] = process.argv.slice(2);

kubectl('delete', 'jobs', '--selector', 'app.kubernetes.io/name=report-job');
kubectl('rollout', 'restart', 'statefulset/mongo', 'deployment/jaeger');
for (const name of ['statefulset/mongo', 'deployment/jaeger'])
  kubectl('rollout', 'status', name, '--timeout', '2m');

function kubectl(...args: string[]): void {
  const { status, error } = spawnSync(program, [...where, ...args], { stdio: 'inherit' });
  if (status === 0) return;
  throw new Error(`Failed to reset: \`kubectl ${args.join(' ')}\` ended with exit code ${status}.`, {
    cause: error,
  });
}
