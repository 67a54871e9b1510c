import { allowedHosts } from '@beyond-headers/service-kit/guard';
import { z } from 'zod';
import type { Image } from './kubelet/node.ts';

const image = z.strictObject({
  command: z.array(z.string()).min(1),
  workingDir: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});

export const clusterConfig = z.object({
  CLUSTER_PORT: z.coerce.number().int().min(0).max(65_535).default(8084).describe('Port of the API.'),
  ALLOWED_HOSTS: allowedHosts(),
  CLUSTER_IMAGES: z
    .string()
    .default('{}')
    .transform((text, context) => parseImages(text, context))
    .describe('What each image runs, as JSON: `{"report-job:local": {"command": ["node", "main.js"]}}`.'),
  CLUSTER_TIME_SCALE: z.coerce
    .number()
    .positive()
    .default(1)
    .describe(
      'Factor on the delays that Kubernetes has built in: with `0.1` a failed pod is tried again after 1 s, not 10 s.',
    ),
  CLUSTER_KUBECONFIG: z
    .string()
    .optional()
    .describe('File to write a kubeconfig to. Unset: none is written.'),
});

export interface ClusterConfig {
  port: number;
  images: Record<string, Image>;
  timeScale: number;
  /** Where to write a kubeconfig; nowhere when absent. */
  kubeconfigPath: string | undefined;
  allowedHosts?: string[];
}

/**
 * Reads the settings of the process from its environment; an empty value counts as unset.
 *
 * @throws {Error} naming each variable that is wrong, its value, and what is expected.
 */
export function readConfig(env: NodeJS.ProcessEnv): ClusterConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = clusterConfig.safeParse(given);
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => explain(issue, env)).join('\n'));
  const { CLUSTER_PORT, CLUSTER_IMAGES, CLUSTER_TIME_SCALE, CLUSTER_KUBECONFIG, ALLOWED_HOSTS } = parsed.data;
  return {
    port: CLUSTER_PORT,
    images: CLUSTER_IMAGES,
    timeScale: CLUSTER_TIME_SCALE,
    kubeconfigPath: CLUSTER_KUBECONFIG,
    ...(ALLOWED_HOSTS.length > 0 && { allowedHosts: ALLOWED_HOSTS }),
  };
}

function parseImages(text: string, context: z.RefinementCtx): Record<string, Image> {
  try {
    const parsed = z.record(z.string(), image).safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: z.prettifyError(parsed.error) });
  } catch (error) {
    context.addIssue({ code: 'custom', message: `no JSON (${String(error)})` });
  }
  return z.NEVER;
}

function explain({ path, message }: z.core.$ZodIssue, env: NodeJS.ProcessEnv): string {
  const name = String(path[0]);
  const hint =
    name === 'CLUSTER_IMAGES'
      ? ' Expected JSON such as {"report-job:1": {"command": ["node", "main.js"]}}.'
      : '';
  return `Failed to read ${name}: got ${JSON.stringify(env[name])}: ${message}.${hint}`;
}
