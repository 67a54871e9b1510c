/** Returns the variables for the API server's Service, which a kubelet sets in every container. */
export function serviceEnv(host: string, port: number): Record<string, string> {
  const url = `tcp://${host}:${port}`;
  const link = `KUBERNETES_PORT_${port}_TCP`;
  return {
    KUBERNETES_SERVICE_HOST: host,
    KUBERNETES_SERVICE_PORT: String(port),
    KUBERNETES_PORT: url,
    [link]: url,
    [`${link}_PROTO`]: 'tcp',
    [`${link}_PORT`]: String(port),
    [`${link}_ADDR`]: host,
  };
}
