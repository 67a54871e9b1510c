import { z } from 'zod';

/* The part of AdmissionReview v1 that is read: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ */

const metadata = z
  .object({
    annotations: z.record(z.string(), z.string()).nullish(),
    ownerReferences: z.array(z.object({ kind: z.string(), controller: z.boolean().nullish() })).nullish(),
  })
  .nullish();

const containers = z
  .array(z.object({ name: z.string(), env: z.array(z.object({ name: z.string() })).nullish() }))
  .nullish();

const podSpec = z.object({ containers, initContainers: containers, ephemeralContainers: containers });

export const pod = z.object({ metadata, spec: podSpec });
export type Pod = z.infer<typeof pod>;
export type Container = NonNullable<z.infer<typeof containers>>[number];

export const job = z.object({ metadata, spec: z.object({ template: z.object({ metadata }) }) });
export type Job = z.infer<typeof job>;

export const admissionReview = z.object({
  apiVersion: z.literal('admission.k8s.io/v1'),
  kind: z.literal('AdmissionReview'),
  request: z.object({
    uid: z.string(),
    resource: z.object({ group: z.string(), resource: z.string() }),
    subResource: z.string().optional(),
    operation: z.string(),
    object: z.unknown().optional(),
    oldObject: z.unknown().optional(),
  }),
});
export type AdmissionRequest = z.infer<typeof admissionReview>['request'];

/** One operation of a JSON Patch: https://www.rfc-editor.org/rfc/rfc6902 */
export interface AddOperation {
  op: 'add';
  path: string;
  value: unknown;
}

export const add = (path: string, value: unknown): AddOperation => ({ op: 'add', path, value });
