import { inDecimal, port } from '@beyond-headers/service-kit/config';
import { allowedHosts } from '@beyond-headers/service-kit/guard';
import { parseJson } from '@beyond-headers/service-kit/json';
import { z } from 'zod';

const images = z.record(
  z.string(),
  z.strictObject({
    command: z.array(z.string()).min(1),
    workingDir: z.string().optional(),
    env: z.record(z.string(), z.string()).optional(),
  }),
  'Expected JSON such as {"report-job:1": {"command": ["node", "main.js"]}}',
);

export const clusterConfig = z.object({
  CLUSTER_PORT: port(8084).describe('Port of the API.'),
  ALLOWED_HOSTS: allowedHosts(),
  CLUSTER_IMAGES: z
    .string()
    .default('{}')
    .transform(parseJson)
    .pipe(images)
    .describe(
      'The command that each image runs, as JSON: `{"report-job:local": {"command": ["node", "main.js"]}}`.',
    ),
  CLUSTER_TIME_SCALE: inDecimal(z.coerce.number('Expected a number above 0').positive())
    .default(1)
    .describe(
      'Factor on the delays that Kubernetes has built in: with `0.1` a failed pod is replaced after 1 s, not 10 s.',
    ),
  CLUSTER_KUBECONFIG: z
    .string()
    .optional()
    .describe('The file to which a kubeconfig is written. Unset: none is written.'),
});
