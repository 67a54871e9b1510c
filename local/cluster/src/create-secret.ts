/**
 * Creates a Secret in the cluster at `url`, which keeps it only until it closes. Rejects with the API's response, which contains none of
 * the Secret's values.
 */
export async function createSecret(
  url: string,
  { namespace, name, data }: { namespace: string; name: string; data: Record<string, string> },
): Promise<void> {
  const response = await fetch(`${url}/api/v1/namespaces/${namespace}/secrets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: data }),
  });
  if (!response.ok)
    throw new Error(`Failed to create the Secret ${name}: got ${response.status} ${await response.text()}`);
}
