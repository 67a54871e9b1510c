import { commonConfig, port } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const mongoInitConfig = z.object({
  CREDENTIALS_DIR: z.string().default('/credentials').describe('Folder with a volume for each service.'),
  MONGODB_ADDRESS: z
    .string()
    .default('127.0.0.1:27017')
    .describe('Where the server is while it is prepared.'),
  MONGODB_MEMBER: z
    .string()
    .default('mongo:27017')
    .describe('As services and pods call this member, and so as the replica set calls it.'),
  MONGODB_MEMBERS: z
    .string()
    .optional()
    .transform((text) => text?.split(',').map((member) => member.trim()))
    .describe(
      'All members of the replica set, separated by commas: this one alone unless set. The first one makes the set.',
    ),
  HOST: commonConfig.HOST,
  HEALTH_PORT: port(8085).describe('Where it answers for its health, as the sidecar that stays.'),
});
