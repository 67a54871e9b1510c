import { brokenHopOf } from './broken-hop.ts';
import type { Crossing, Edge } from './journey.ts';
import type { FoundBreak, FoundCarrier } from './run.ts';

/** A line of this project that determines whether a trace is whole. A test searches each file for its `code`. */
export interface CodePlace {
  path: string;
  code: string;
}

const at = (path: string, code: string): CodePlace => ({ path, code });
const spoilsDocument = (code: string): CodePlace => at('services/writer/demo/spoil-carrier.ts', code);
const spoilsJob = (code: string): CodePlace => at('services/job-launcher/demo/spoil-job.ts', code);

export const CODE = {
  capturesContext: at('services/writer/send-order.ts', 'const context = captureContext();'),
  readsDocument: at(
    'services/poller/queue/segment.ts',
    'const contextOf = (carrier: unknown): Context => extractContext(carrier, documentCarrier, ROOT_CONTEXT);',
  ),
  injectsIntoPod: at('services/job-launcher/job-manifest.ts', 'injectIntoPodSpec(spec, launch.context);'),
  readsEnvironment: at(
    'packages/telemetry/src/context-manager.ts',
    'return new ExtractedRootContextManager(manager, shapeExtractedRoot(extractFromEnvironment(env), shape));',
  ),
};

export const PAGES = {
  http: '1-joined-trace',
  document: '2-document-carrier',
  job: '3-job-carrier',
  shape: '4-parent-or-link',
  retries: '5-retries-and-a-crash',
  pauses: '6-days-between-two-spans',
} as const;

/** An explanation of what happened to the context, in two sentences. */
export interface Explanation {
  /** What happened. */
  what: string;
  /** The consequence. */
  so: string;
  /** The lines of code that determine it. */
  code: CodePlace[];
  /** The page of the tutorial with more about it. By default, it is the page of the carrier. */
  page?: string;
}

/** `unread`: cut, because no reader finds the context in the carrier. `twice`: foreign, because the last of two variables counts. */
type Happened = Crossing | 'unread' | 'twice';

const HEADER_CUT: Explanation = {
  what: 'A service did not continue the traceparent header that it was sent and started a new trace.',
  so: 'At a public endpoint, this can be intended: the edge policy “ignore” trusts no caller.',
  code: [
    at(
      'packages/telemetry/src/propagator.ts',
      'return withBaggageAllowList(createEdgePropagator(all, edgePolicy), baggageKeys);',
    ),
  ],
};
const LINKED: Explanation = {
  what: 'The poller started a separate trace and linked it to the one that sent the order.',
  so: 'Two shorter traces, one click apart: good for work that happens much later.',
  code: [
    at('services/poller/demo/poller-demo.ts', 'TRACE_SHAPES.find((shape) => shape === demo?.shape);'),
    CODE.readsDocument,
  ],
  page: PAGES.shape,
};

/** The explanations for each carrier. */
export const EXPLANATIONS: Record<Edge['carrier'], Partial<Record<Happened, Explanation>>> = {
  http: { cut: HEADER_CUT, foreign: HEADER_CUT },
  document: {
    cut: {
      what: 'The document carried no context: the poller found nothing to continue and started a new trace.',
      so: 'The work was done, but nothing shows that your click caused it.',
      code: [CODE.capturesContext, CODE.readsDocument],
    },
    unread: {
      what: 'The document held the context as one string. The poller looks for fields, so it started a new trace.',
      so: 'The context is there, but no reader finds it.',
      code: [spoilsDocument('text: (context) => context && asText(context),'), CODE.readsDocument],
    },
    foreign: {
      what: 'The order kept the context of the template that it was copied from, and the poller continued that trace.',
      so: 'Every span has a parent, and your click has no part in it.',
      code: [spoilsDocument('stale: () => captureContext(demoContexts.stale()),'), CODE.capturesContext],
    },
    astray: {
      what: 'The context was captured before the span that sends began, so the poller is beside that span, not below it.',
      so: 'Capture where the data is written.',
      code: [spoilsDocument('early: () => captureContext(demoContexts.early()),'), CODE.capturesContext],
    },
    linked: LINKED,
  },
  job: {
    cut: {
      what: "The Job's environment carried no context: the pod found nothing to continue and started a new trace.",
      so: 'The report was written, but nothing shows who asked for it.',
      code: [CODE.injectsIntoPod, CODE.readsEnvironment],
    },
    unread: {
      what: 'The variable was called traceparent, like the header. The pod reads TRACEPARENT, so it started a new trace.',
      so: "Header names ignore case. Environment variables don't.",
      code: [spoilsJob('variable.name = header ?? variable.name;'), CODE.readsEnvironment],
    },
    foreign: {
      what: 'The template already had a TRACEPARENT and nothing replaced it, so the pod continued that trace.',
      so: 'So will every Job that is created from it.',
      code: [
        spoilsJob('stale: (env) => injectContext(demoContexts.stale(), env, v1EnvVarCarrier),'),
        CODE.injectsIntoPod,
      ],
    },
    twice: {
      what: 'TRACEPARENT was there twice. The last one, from a template, won, and the pod joined its trace.',
      so: 'Inject replaces a variable. If you add one, the order of the list decides.',
      code: [
        spoilsJob('twice: (env) => env.push(...injectContext(demoContexts.stale(), [], v1EnvVarCarrier)),'),
        CODE.injectsIntoPod,
      ],
    },
    astray: {
      what: 'The context was captured before the span that launches began, so the pod is beside that span, not below it.',
      so: 'Inject where the Job is created.',
      code: [
        spoilsJob('early: (env) => injectContext(demoContexts.early(), env, v1EnvVarCarrier),'),
        CODE.injectsIntoPod,
      ],
    },
    linked: LINKED,
  },
};

/**
 * Explains an edge that is broken or linked, from the traces and the content of the carrier. The carrier distinguishes a field
 * that no reader finds from one that is missing. Returns undefined for an edge that needs no explanation.
 */
export function explain(
  { carrier, crossing }: Pick<Edge, 'carrier' | 'crossing'>,
  carriers: readonly FoundCarrier[] = [],
): Explanation | undefined {
  const rows = carriers.find(({ id }) => id === carrier)?.rows ?? [];
  const unread = rows.filter(({ role }) => role === 'unread');
  const isTwice = unread.some(({ name }) => rows.some((row) => row.role === 'carries' && row.name === name));
  const happened =
    (crossing === 'cut' && unread.length > 0 && 'unread') || (crossing === 'foreign' && isTwice && 'twice');
  return EXPLANATIONS[carrier][happened || crossing] ?? EXPLANATIONS[carrier][crossing];
}

/**
 * Explains a finding of `traces lint` in this project: what happened in which carrier, and the lines of code that determine it.
 * Returns undefined for a finding that is not about a hop of the demo.
 */
export function explainFinding(
  finding: FoundBreak,
  carriers: readonly FoundCarrier[] = [],
): Explanation | undefined {
  const hop = brokenHopOf(finding);
  return hop && explain(hop, carriers);
}
