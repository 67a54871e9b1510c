import { commonConfig, port } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const mongoInitConfig = z.object({
  CREDENTIALS_DIR: z
    .string()
    .default('/credentials')
    .describe('The folder in which each service has a volume, with its password and its URI of MongoDB.'),
  MONGODB_ADDRESS: z
    .string()
    .default('127.0.0.1:27017')
    .describe('The address at which this program reaches mongod to set it up.'),
  MONGODB_MEMBER: z
    .string()
    .default('mongo:27017')
    .describe('The address by which services, pods and the replica set reach this member.'),
  MONGODB_MEMBERS: z
    .string()
    .optional()
    .transform((text) => text?.split(',').map((member) => member.trim()))
    .describe(
      'All members of the replica set, separated by commas. The first one creates the set. Unset: only this member.',
    ),
  HOST: commonConfig.HOST,
  HEALTH_PORT: port(8085).describe(
    'The port of the health check, if this process keeps running as a sidecar.',
  ),
});
