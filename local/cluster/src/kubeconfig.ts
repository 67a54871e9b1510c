/** Returns a kubeconfig for this cluster: plain HTTP, no credentials, namespace `default`. */
export function kubeconfigFor(url: string): string {
  return `apiVersion: v1
kind: Config
current-context: local
clusters:
  - name: local
    cluster:
      server: ${url}
      insecure-skip-tls-verify: true
contexts:
  - name: local
    context:
      cluster: local
      user: local
      namespace: default
users:
  - name: local
    user: {}
`;
}
