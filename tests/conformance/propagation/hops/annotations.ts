import {
  ANNOTATION_PREFIX,
  annotationsCarrier,
  extractContext,
  type Annotations,
} from '@beyond-headers/propagation';
import { openCluster } from './cluster.ts';
import { asText, combine, inTurn, type Opening } from './hop.ts';

// The rule of Kubernetes for the name part of an annotation's key. Other names can't be sent.
const ANNOTATION_NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/** A hop over annotations of Jobs, which are created and read back through the API. */
export const opening: Opening<Annotations> = {
  name: 'Job annotations',
  async open() {
    const { batch, namespace, image, close } = await openCluster();
    const send = async (annotations: Annotations) => {
      const body = suspendedJob(annotations, image);
      const { metadata } = await batch.createNamespacedJob({ namespace, body });
      const job = await batch.readNamespacedJob({ namespace, name: metadata?.name ?? '' });
      return job.metadata?.annotations ?? {};
    };
    return {
      carrier: annotationsCarrier,
      create: () => ({}),
      write(annotations, lines) {
        for (const [field, value] of combine(lines))
          if (ANNOTATION_NAME.test(field)) annotations[ANNOTATION_PREFIX + field] = asText(value);
      },
      writeMiscased(annotations, value) {
        annotations[`${ANNOTATION_PREFIX}Traceparent`] = value;
      },
      carry: (carriers) =>
        inTurn(carriers, send, (annotations) => extractContext(annotations, annotationsCarrier)),
      close,
    };
  },
};

// Suspended, because the Job is only read and needs no pod.
function suspendedJob(annotations: Annotations, image: string) {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'none', image }] } };
  return { metadata: { generateName: 'annotated-', annotations }, spec: { suspend: true, template } };
}
