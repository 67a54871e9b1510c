import { add, type AddOperation, type Job } from './admission-review.ts';
import { carriedKeys, TRACE_SHAPE_ANNOTATION, TRACEPARENT_ANNOTATION } from './carried-fields.ts';

const METADATA = '/spec/template/metadata';
const ANNOTATIONS = `${METADATA}/annotations`;

/**
 * Returns the patch that copies the context from a Job's annotations to its pod template, from which its pods get it. A template with
 * its own context keeps it. A CronJob's template outlives the trace in which it was created, so its runs link to that trace.
 */
export function jobPatch({ metadata, spec: { template } }: Job): AddOperation[] {
  const own = metadata?.annotations ?? {};
  const ofTemplate = template.metadata?.annotations ?? {};
  const hasContext = TRACEPARENT_ANNOTATION in ofTemplate;
  const keys = hasContext ? [] : carriedKeys(own);
  if (!hasContext && keys.length === 0) return [];
  const isRunOfCronJob = metadata?.ownerReferences?.some(({ kind }) => kind === 'CronJob');
  const wanted = [
    ...keys.map((key) => [key, own[key]] as const),
    ...(isRunOfCronJob ? [[TRACE_SHAPE_ANNOTATION, 'link'] as const] : []),
  ];
  const additions = wanted.filter(([key]) => !(key in ofTemplate));
  if (additions.length === 0) return [];
  return [
    ...(template.metadata ? [] : [add(METADATA, {})]),
    ...(Object.keys(ofTemplate).length === 0 ? [add(ANNOTATIONS, {})] : []),
    ...additions.map(([key, value]) => add(`${ANNOTATIONS}/${key.replaceAll('/', '~1')}`, value)),
  ];
}
