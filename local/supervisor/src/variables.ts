import { mongoConfig, mongodbUri } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

/** The variables that `npm start` reads in addition to the ports. */
export const startConfig = z.object({
  MONGODB_URI: mongodbUri()
    .optional()
    .describe('The MongoDB replica set to use. Unset: `npm start` starts a mongod.'),
  MONGODB_DATABASE: mongoConfig.MONGODB_DATABASE,
  MONGOD: z
    .string()
    .optional()
    .describe(
      'The path of the mongod (the MongoDB server) to start. Unset: the mongod on the `PATH`. If there is none, a downloaded one.',
    ),
  NO_COLOR: z.string().optional().describe('With any value, the output has no colors.'),
});
