import type { V1Container, V1Job, V1ObjectMeta } from '@kubernetes/client-node';

const SECURITY = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** Returns a Job that Pod Security `restricted` admits, with these containers. It is never retried. */
export function restrictedJob(
  metadata: V1ObjectMeta,
  containers: Array<Omit<V1Container, 'imagePullPolicy' | 'securityContext'>>,
  activeDeadlineSeconds: number,
): V1Job {
  return {
    metadata,
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds,
      template: {
        spec: {
          restartPolicy: 'Never',
          enableServiceLinks: false,
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: containers.map((container) => ({
            ...container,
            imagePullPolicy: 'IfNotPresent',
            securityContext: SECURITY,
          })),
        },
      },
    },
  };
}
