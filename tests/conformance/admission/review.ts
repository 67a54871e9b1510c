const RESOURCES: Record<string, { group: string; resource: string; subResource?: string }> = {
  pods: { group: '', resource: 'pods' },
  'pods/ephemeralcontainers': { group: '', resource: 'pods', subResource: 'ephemeralcontainers' },
  jobs: { group: 'batch', resource: 'jobs' },
};

/** Returns the AdmissionReview that an API server sends to a webhook. */
export function reviewOf(object: object, asked = 'pods', oldObject: object | null = null): object {
  const { group, resource, subResource } = RESOURCES[asked]!;
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: 'asked-1',
      resource: { group, version: 'v1', resource },
      ...(subResource && { subResource }),
      operation: oldObject ? 'UPDATE' : 'CREATE',
      object,
      oldObject,
    },
  };
}
