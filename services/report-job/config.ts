import { demoSwitches, orderId } from '@beyond-headers/contracts';
import { TRACE_SHAPES } from '@beyond-headers/propagation';
import { commonConfig, mongoConfig } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const reportJobConfig = z.object({
  LOG_LEVEL: commonConfig.LOG_LEVEL,
  ...mongoConfig,
  /** The order that asked for the report; also the report's key. */
  ORDER_ID: orderId,
  /** How the run hangs on the context that the Job carries. A CronJob's template must say `link`. */
  TRACE_SHAPE: z.enum(TRACE_SHAPES).default('parent'),
  /** How the demo wants this job to end. */
  DEMO_JOB_FAULT: demoSwitches.shape.jobFault,
  K8S_JOB_UID: z.string().default('no-job'),
  K8S_POD_NAME: z.string().default('no-pod'),
  /** Set by Kubernetes in the pods of an Indexed Job. */
  JOB_COMPLETION_INDEX: z.coerce.number().int().min(0).optional(),
});
