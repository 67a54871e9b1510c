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
  CLUSTER_PORT: port(8084).describe('The port on which the Kubernetes API is served.'),
  ALLOWED_HOSTS: allowedHosts(),
  CLUSTER_IMAGES: z
    .string()
    .default('{}')
    .transform(parseJson)
    .pipe(images)
    .meta({ allowed: 'a JSON object' })
    .describe(
      'The command to run in place of each container image. An example is `{"report-job:local": {"command": ["node", "main.js"]}}`.',
    ),
  CLUSTER_TIME_SCALE: inDecimal(z.coerce.number('Expected a number, 0.001 or more').min(0.001))
    .default(1)
    .describe(
      'A factor for the delays that are built into Kubernetes. With `0.1`, a failed pod is replaced after 1 second instead of 10.',
    ),
  CLUSTER_KUBECONFIG: z
    .string()
    .optional()
    .describe('The file to which the program writes a kubeconfig. Unset: it writes none.'),
});
