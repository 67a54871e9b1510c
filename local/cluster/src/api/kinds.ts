import type { Job, KeyedData, KubeObject } from '../objects.ts';
import { required } from '../validation/causes.ts';
import { envWarnings } from '../validation/env-causes.ts';
import { jobCauses } from '../validation/job-causes.ts';
import { withJobDefaults } from '../validation/job-defaults.ts';
import { annotationsCauses, labelNameCauses, labelsCauses, subdomainCauses } from '../validation/names.ts';
import { podSpecWarnings } from '../validation/pod-spec-causes.ts';
import type { Cause } from './api-error.ts';
import type { Resource } from './resources.ts';

/** What creating an object of one kind does besides storing it. */
export interface Kind {
  complete(object: KubeObject): KubeObject;
  causes(object: KubeObject): Cause[];
  warnings(object: KubeObject): string[];
}

const plain: Kind = {
  complete: (object) => object,
  causes: (object) => metadataCauses(object, subdomainCauses),
  warnings: () => [],
};

const KINDS: Readonly<Record<string, Kind>> = {
  jobs: {
    complete: (object) => withJobDefaults({ ...(object as Job), status: {} }),
    causes: (object) => jobCauses(object as Job),
    warnings: (object) => jobWarnings(object as Job),
  },
  secrets: { ...plain, complete: (object) => ({ type: 'Opaque', ...withEncoded(object) }) },
  namespaces: {
    complete: (object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    }),
    causes: (object) => metadataCauses(object, labelNameCauses),
    warnings: () => [],
  },
};

export function kindFor({ plural }: Resource): Kind {
  return KINDS[plural] ?? plain;
}

function metadataCauses(
  { metadata }: KubeObject,
  nameCauses: (field: string, name: string) => Cause[],
): Cause[] {
  const { name, labels, annotations } = metadata;
  return [
    ...(name
      ? nameCauses('metadata.name', name)
      : [required('metadata.name', 'name or generateName is required')]),
    ...labelsCauses('metadata.labels', labels),
    ...annotationsCauses('metadata.annotations', annotations),
  ];
}

function jobWarnings({ spec: { template } }: Job): string[] {
  const parts = ['containers', 'initContainers'] as const;
  const env = parts.flatMap((part) =>
    (template.spec[part] ?? []).flatMap((container, i) =>
      envWarnings(`spec.template.spec.${part}[${i}]`, container),
    ),
  );
  return [...env, ...podSpecWarnings('spec.template.spec', template.spec)];
}

/** A Secret may be written in plain text, in `stringData`; it is kept as base64. */
function withEncoded({
  stringData = {},
  ...secret
}: KeyedData & { stringData?: Record<string, string> }): KeyedData {
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(value).toString('base64'),
  ]);
  const data = { ...secret.data, ...(Object.fromEntries(encoded) as Record<string, string>) };
  return Object.keys(data).length > 0 ? { ...secret, data } : secret;
}
