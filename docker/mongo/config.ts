import { commonConfig, port } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const mongoInitConfig = z.object({
  CREDENTIALS_DIR: z
    .string()
    .default('/credentials')
    .describe(
      'The folder for the MongoDB passwords. With docker compose, it contains a subfolder for each user, with the password and the `MONGODB_URI`. In Kubernetes, it contains a file for each user, with the password.',
    ),
  MONGODB_ADDRESS: z
    .string()
    .default('127.0.0.1:27017')
    .describe('The address of the mongod that this program sets up.'),
  MONGODB_MEMBER: z
    .string()
    .default('mongo:27017')
    .describe('The address at which services, pods, and other members of the replica set reach this mongod.'),
  MONGODB_MEMBERS: z
    .string()
    .optional()
    .transform((text) => text?.split(',').map((member) => member.trim()))
    .describe(
      'The addresses of all members of the replica set, separated by commas. The first member creates the replica set. Unset: this mongod is the only member. Only a sidecar reads the variable.',
    ),
  HOST: commonConfig.HOST,
  HEALTH_PORT: port(8085).describe('The port of the health check. Only a sidecar has a health check.'),
});
