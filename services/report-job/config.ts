import { orderId } from '@beyond-headers/contracts';
import { commonConfig, mongoConfig } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const reportJobConfig = z.object({
  LOG_LEVEL: commonConfig.LOG_LEVEL,
  ...mongoConfig,
  /** The order that asked for the report; also the report's key. */
  ORDER_ID: orderId,
});
