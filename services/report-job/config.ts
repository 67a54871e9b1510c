import { demoSwitches, inDecimal, orderId } from '@beyond-headers/contracts';
import { commonConfig, mongoConfig } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const reportJobConfig = z.object({
  LOG_LEVEL: commonConfig.LOG_LEVEL,
  ...mongoConfig,
  ORDER_ID: orderId.describe("The order that asked for the report; also the report's key."),
  DEMO_JOB_FAULT: demoSwitches.shape.jobFault.describe('How the demo makes this job end.'),
  K8S_JOB_UID: z
    .string()
    .default('no-job')
    .describe("The Job's uid, which all attempts at the same work share."),
  K8S_POD_NAME: z.string().default('no-pod').describe("The pod's name, which identifies the attempt."),
  TERMINATION_MESSAGE_PATH: z
    .string()
    .optional()
    .describe(
      "The file of the container's termination message, to which the job writes when its work began and ended.",
    ),
  JOB_COMPLETION_INDEX: inDecimal(z.coerce.number('Expected a whole number').int().min(0))
    .optional()
    .describe('Set by Kubernetes in the pods of an Indexed Job.'),
});
