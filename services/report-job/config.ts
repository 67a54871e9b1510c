import { demoSwitches, orderId } from '@beyond-headers/contracts';
import { commonConfig, mongoConfig } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const reportJobConfig = z.object({
  LOG_LEVEL: commonConfig.LOG_LEVEL,
  ...mongoConfig,
  ORDER_ID: orderId.describe("The order that asked for the report; also the report's key."),
  DEMO_JOB_FAULT: demoSwitches.shape.jobFault.describe('How the demo wants this job to end.'),
  K8S_JOB_UID: z
    .string()
    .default('no-job')
    .describe("The Job's uid: what tries of the same work have in common."),
  K8S_POD_NAME: z.string().default('no-pod').describe('The pod, which names the try.'),
  TERMINATION_MESSAGE_PATH: z
    .string()
    .optional()
    .describe("The container's termination message: where the job notes when it began and ended its work."),
  JOB_COMPLETION_INDEX: z.coerce
    .number('Expected a whole number')
    .int()
    .min(0)
    .optional()
    .describe('Set by Kubernetes in the pods of an Indexed Job.'),
});
