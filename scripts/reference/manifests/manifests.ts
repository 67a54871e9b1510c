import { IN_DEMO, JOBS, LASTING } from '../../../services/services.ts';
import type { ServiceDescription } from '@beyond-headers/service-kit/service';
import type { Page } from '../page.ts';
import { deployment } from './deployment.ts';
import { networkPolicies } from './network-policies.ts';
import { kubernetesService, kustomization, role, roleBinding, serviceAccount } from './objects.ts';

/** `k8s/base`, who may talk to whom, and the Secrets of the demo's database: what a cluster needs of each service, made from what the service says of itself. */
export const manifests: readonly Page[] = [
  ...Object.values(LASTING).flatMap((service) =>
    folder(service, { 'deployment.yaml': deployment(service), 'service.yaml': kubernetesService(service) }),
  ),
  ...Object.values(JOBS).flatMap((job) => folder(job, {})),
  page('k8s/base/kustomization.yaml', 'services/services.ts', base()),
  ...policies(),
  page('k8s/components/mongo/kustomization.yaml', 'the needs in services/*/service.ts', mongo()),
];

/** The files of a service's folder: its account, its rights if it has any, and what is given. */
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

/** Beside those that know no service, which are written by hand. */
function policies(): Page[] {
  const generated = networkPolicies();
  const byHand = ['default-deny.yaml', 'load.yaml'];
  const all = kustomization([...byHand, ...Object.keys(generated)], 'Component');
  const files = { ...generated, 'kustomization.yaml': all };
  return Object.entries(files).map(([file, text]) =>
    page(`k8s/components/network-policies/${file}`, 'the needs in services/*/service.ts', text),
  );
}

function mongo(): string {
  const secrets = IN_DEMO.filter(({ needs }) => needs.mongodb).map(({ name }) => {
    const uri = `mongodb://${name}:demo-only-${name}@mongo:27017/?replicaSet=rs0&authSource=beyond_headers`;
    const isJob = Object.values<ServiceDescription>(JOBS).some((job) => job.name === name);
    // A Job's pod gets it as a variable, what lasts as a file of variables.
    return `  - name: ${name}-mongodb\n    literals:\n      - ${isJob ? 'uri=' : 'mongodb.env=MONGODB_URI='}${uri}\n`;
  });
  const files = ['service-account.yaml', 'service.yaml', 'stateful-set.yaml'];
  return `${kustomization(files, 'Component')}\
# Known to everyone who reads this: for a demo whose database only its own pods can reach.
secretGenerator:
  - name: mongo-root
    literals:
      - password=demo-only-root
${secrets.join('')}\
generatorOptions:
  # The launcher names the Secret of its Jobs in an environment variable, which kustomize does not rewrite.
  disableNameSuffixHash: true
`;
}

function base(): string {
  return `${kustomization(IN_DEMO.map(({ name }) => name))}labels:
  - pairs:
      app.kubernetes.io/part-of: beyond-headers
    includeTemplates: true
`;
}

function page(path: string, source: string, text: string): Page {
  return { path, render: async () => `# Made from ${source} by \`npm run reference\`.\n${text}` };
}
