import type { LastingService, ResourceRights } from '@beyond-headers/service-kit/service';

export const kubernetesService = ({ name, port }: LastingService): string => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: ${port.number}
      targetPort: http
`;

/** Doesn't mount a token by default. A Deployment whose pods need the token requests it explicitly. */
export const serviceAccount = (name: string): string => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
automountServiceAccountToken: false
`;

export const role = (
  name: string,
  rights: readonly ResourceRights[],
): string => `# All permissions of the service, in its own namespace. The source file has the reasons.
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: ${name}
rules:
${rights.map(rule).join('')}`;

const rule = ({ apiGroup, resource, verbs }: ResourceRights): string => `  - apiGroups: [${apiGroup || "''"}]
    resources: [${resource}]
    verbs: [${verbs.join(', ')}]
`;

export const roleBinding = (name: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}
subjects:
  - kind: ServiceAccount
    name: ${name}
`;

export function kustomization(resources: readonly string[], kind = 'Kustomization'): string {
  return `apiVersion: kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}
kind: ${kind}
resources:
${resources.map((resource) => `  - ${resource}\n`).join('')}`;
}
