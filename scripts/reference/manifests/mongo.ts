import type { ServiceDescription } from '@beyond-headers/service-kit/service';
import { IN_DEMO, JOBS } from '../../../services/services.ts';
import { kustomization } from './objects.ts';

/* The passwords of the demo's database: one Secret for each user, and the volume from which the sidecar reads the passwords. */

const users = IN_DEMO.filter(({ needs }) => needs.mongodb).map(({ name }) => name);

// A Job's pod gets its URI as an environment variable, and a Deployment's pod as an env file.
const keyOf = (user: string): string =>
  Object.values<ServiceDescription>(JOBS).some(({ name }) => name === user) ? 'uri' : 'mongodb.env';

export const mongo = (): string => `${kustomization(
  ['service-account.yaml', 'service.yaml', 'stateful-set.yaml'],
  'Component',
)}\
patches:
  - path: credentials.yaml
    target: { kind: StatefulSet, name: mongo }
# These passwords are public. They are for a demo whose database only its own pods can reach.
secretGenerator:
  - name: mongo-root
    literals:
      - password=demo-only-root
${users.map(secret).join('')}\
generatorOptions:
  # The launcher gets the name of its Jobs' Secret in an environment variable, which kustomize doesn't rewrite.
  disableNameSuffixHash: true
`;

function secret(user: string): string {
  const uri = `mongodb://${user}:demo-only-${user}@mongo:27017/?replicaSet=rs0&authSource=beyond_headers`;
  const literal = keyOf(user) === 'uri' ? `uri=${uri}` : `mongodb.env=MONGODB_URI=${uri}`;
  return `  - name: ${user}-mongodb\n    literals:\n      - ${literal}\n`;
}

export const credentials = (): string => `- op: add
  path: /spec/template/spec/volumes/-
  value:
    name: credentials
    projected:
      # 0440: readable by the pod's group.
      defaultMode: 288
      sources:
        - secret: { name: mongo-root, items: [{ key: password, path: root }] }
${users.map((user) => `        - secret: { name: ${user}-mongodb, items: [{ key: ${keyOf(user)}, path: ${user} }] }\n`).join('')}`;
