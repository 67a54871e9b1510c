import { IN_DEMO, JOBS, LASTING } from '../../../services/services.ts';
import type { ServiceDescription } from '@beyond-headers/service-kit/service';
import type { Page } from '../page.ts';
import { deployment } from './deployment.ts';
import { networkPolicies } from './network-policies.ts';
import { credentials, mongo } from './mongo.ts';
import { kubernetesService, kustomization, role, roleBinding, serviceAccount } from './objects.ts';

const LIST = 'services/services.ts';
const NEEDS = 'the needs in services/*/service.ts';

/** The manifests of all services and the targets of Prometheus, generated from the descriptions in `services/`. */
export const manifests: readonly Page[] = [
  ...Object.values(LASTING).flatMap((service) =>
    folder(service, { 'deployment.yaml': deployment(service), 'service.yaml': kubernetesService(service) }),
  ),
  ...Object.values(JOBS).flatMap((job) => folder(job, {})),
  page('k8s/base/kustomization.yaml', LIST, base()),
  ...policies(),
  page('k8s/components/mongo/kustomization.yaml', NEEDS, mongo()),
  page('k8s/components/mongo/credentials.yaml', NEEDS, credentials()),
  page('docker/metrics/targets.yml', LIST, targets()),
];

/** Returns the files of a service's folder: its service account, its role and role binding if it has any, and the given files. */
function folder({ name, needs }: ServiceDescription, own: Record<string, string>): Page[] {
  const rights = needs.kubernetes;
  const files = {
    'service-account.yaml': serviceAccount(name),
    ...(rights && { 'role.yaml': role(name, rights), 'role-binding.yaml': roleBinding(name) }),
    ...own,
  };
  const all = { ...files, 'kustomization.yaml': kustomization(Object.keys(files)) };
  return Object.entries(all).map(([file, text]) =>
    page(`k8s/base/${name}/${file}`, `services/${name}/service.ts`, text),
  );
}

/** Returns the generated network policies. The policies that depend on no service are written by hand. */
function policies(): Page[] {
  const generated = networkPolicies();
  const byHand = ['default-deny.yaml', 'load.yaml'];
  const all = kustomization([...byHand, ...Object.keys(generated)], 'Component');
  const files = { ...generated, 'kustomization.yaml': all };
  return Object.entries(files).map(([file, text]) =>
    page(`k8s/components/network-policies/${file}`, NEEDS, text),
  );
}

function base(): string {
  return `${kustomization(IN_DEMO.map(({ name }) => name))}labels:
  - pairs:
      app.kubernetes.io/part-of: beyond-headers
    includeTemplates: true
`;
}

/** Returns the targets for Prometheus in Docker Compose. */
function targets(): string {
  const traced = Object.values(LASTING).filter(({ isTraced }) => isTraced);
  return `- targets: [${traced.map(({ name }) => `${name}:9464`).join(', ')}]\n`;
}

function page(path: string, source: string, text: string): Page {
  return { path, render: async () => `# Generated from ${source} by \`npm run reference\`.\n${text}` };
}
