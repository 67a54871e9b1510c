import type { Logger } from '@beyond-headers/service-kit/logger';
import { z } from 'zod';
import { admissionReview, job, pod, type AddOperation, type AdmissionRequest } from './admission-review.ts';
import { jobPatch } from './job-patch.ts';
import { podPatch } from './pod-patch.ts';

/** Returns the response to an AdmissionReview, or `undefined` if the body isn't one. Always admits the object, with or without a patch. */
export function answerReview(body: unknown, logger: Pick<Logger, 'warn'>): object | undefined {
  const review = admissionReview.safeParse(body);
  if (!review.success) return undefined;
  const { request } = review.data;
  const patch = patchFor(request, logger);
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid: request.uid,
      allowed: true,
      ...(patch.length > 0 && {
        patchType: 'JSONPatch',
        patch: Buffer.from(JSON.stringify(patch)).toString('base64'),
      }),
    },
  };
}

function patchFor(request: AdmissionRequest, logger: Pick<Logger, 'warn'>): AddOperation[] {
  const { resource, subResource = '', operation, object, oldObject } = request;
  const asked = [resource.group, resource.resource, subResource, operation].join('/');
  try {
    if (asked === '/pods//CREATE') return podPatch(pod.parse(object));
    if (asked === '/pods/ephemeralcontainers/UPDATE')
      return podPatch(pod.parse(object), pod.parse(oldObject));
    if (asked === 'batch/jobs//CREATE') return jobPatch(job.parse(object));
    logger.warn(
      { asked },
      'got a review of a resource that this webhook ignores; its configuration should not select it',
    );
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    // Every pod or Job that the API server accepts has these fields. Without them, there is nothing to patch.
    logger.warn({ asked, reason: z.prettifyError(error) }, 'left an unexpected object unchanged');
  }
  return [];
}
