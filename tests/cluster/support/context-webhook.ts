import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { V1MutatingWebhookConfiguration } from '@kubernetes/client-node';
import { createLogger } from '@beyond-headers/service-kit/logger';
import { createWebhookServer } from '../../../services/context-webhook/server.ts';
import { selfSigned } from '../../../services/context-webhook/testing/self-signed.ts';
import { kubectl, kubectlWith } from '../../kustomize/support/kubectl.ts';
import { untilMapped } from './context-policy.ts';
import type { TestNamespace } from './namespace.ts';

const MANIFEST = new URL('../../../k8s/components/context-webhook/webhook.yaml', import.meta.url);

/**
 * Runs the webhook on this machine, with the rules of the component, and waits until it takes effect. The cluster's API server must be able
 * to reach this machine. Returns a function that removes the webhook.
 */
export async function applyWebhook(namespace: TestNamespace): Promise<() => Promise<void>> {
  const tls = selfSigned(namespace.hostAddress, 'IP');
  const server = createWebhookServer(tls, createLogger('context-webhook', 'warn')).listen(0, '0.0.0.0');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const configuration = parse(readFileSync(MANIFEST, 'utf8')) as V1MutatingWebhookConfiguration;
  for (const webhook of configuration.webhooks ?? []) {
    webhook.clientConfig = {
      url: `https://${namespace.hostAddress}:${port}/mutate`,
      caBundle: tls.cert.toString('base64'),
    };
  }
  await kubectlWith([configuration], 'apply');
  await untilMapped(namespace, true);
  return async () => {
    await kubectl('delete', 'mutatingwebhookconfiguration', configuration.metadata?.name ?? '');
    await untilMapped(namespace, false);
    server.close();
    server.closeAllConnections();
  };
}
