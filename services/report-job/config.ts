import { demoSwitches, orderId } from '@beyond-headers/contracts';
import { commonConfig, inDecimal, mongoConfig } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const reportJobConfig = z.object({
  LOG_LEVEL: commonConfig.LOG_LEVEL,
  ...mongoConfig,
  ORDER_ID: orderId.describe('The id of the order to report on. The report is stored under the same id.'),
  DEMO_JOB_FAULT: demoSwitches.shape.jobFault.describe(
    'How the demo makes this job fail. `crash`: it ends with exit code 1. `oom`: it uses too much memory.',
  ),
  K8S_JOB_UID: z
    .string()
    .default('no-job')
    .describe("The Job's uid. It is the same in all attempts of a Job."),
  K8S_POD_NAME: z.string().default('no-pod').describe("The pod's name. It identifies the attempt."),
  TERMINATION_MESSAGE_PATH: z
    .string()
    .optional()
    .describe(
      "The file for the termination message, which Kubernetes copies into the pod's status when the container ends. The job writes the start time of its process and the end time of its work into this file, because Kubernetes itself records only whole seconds.",
    ),
  JOB_COMPLETION_INDEX: inDecimal(z.coerce.number('Expected a whole number').int().min(0))
    .optional()
    .describe(
      'The number of this pod, from 0, in an Indexed Job, whose pods are numbered. Kubernetes sets it.',
    ),
});
