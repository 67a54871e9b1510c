import { LASTING } from '../../../services/services.ts';

const images = [...Object.values(LASTING).map(({ name }) => name), 'tools'];

/** `k8s/overlays/local`: the demo from images that you build and load into the cluster. */
export const localOverlay = (): string => `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: beyond-headers
resources:
  - ../../base
components:
  - ../../components/restricted
  - ../../components/mongo
  - ../../components/jaeger
  - ../../components/demo-controls
  - ../../components/network-policies
labels:
  - pairs:
      app.kubernetes.io/part-of: beyond-headers
    includeTemplates: true
images:
${images.map((name) => `  - name: beyond-headers/${name}\n    newTag: local\n`).join('')}\
patches:
  - path: job-image.yaml
    target: { kind: Deployment, name: job-launcher }
`;
