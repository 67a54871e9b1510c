import { CODE, type CodePlace } from './code-places.ts';
import type { Crossing, Edge } from './journey.ts';
import type { FoundCarrier } from './run.ts';

/** One thing that happened to the context, in two sentences. */
export interface Explanation {
  /** What happened. */
  what: string;
  /** What follows from it. */
  so: string;
  /** Where the project's code decides it. */
  code: CodePlace[];
  /** The page of the tutorial that tells more. */
  page: string;
}

export const PAGES = {
  joined: '1-joined-trace',
  document: '2-document-carrier',
  job: '3-job-carrier',
  shape: '4-parent-or-link',
  retries: '5-retries-and-a-crash',
} as const;

/**
 * Explains an edge that is not as it should be: from the traces, and from what was found in the carrier, which tells a field
 * that nobody reads from one that is not there. Undefined for an edge that needs no explanation.
 */
export function explain(
  { carrier, crossing }: Edge,
  carriers: readonly FoundCarrier[] = [],
): Explanation | undefined {
  if (carrier === 'http') return crossing === 'cut' || crossing === 'foreign' ? HEADER_CUT : undefined;
  const rows = carriers.find(({ id }) => id === carrier)?.rows ?? [];
  const unread = rows.filter(({ role }) => role === 'unread');
  const isTwice = unread.some(({ name }) => rows.some((row) => row.role === 'carries' && row.name === name));
  return EXPLANATIONS[carrier][crossing]?.({ isUnread: unread.length > 0, isTwice });
}

interface Found {
  isUnread: boolean;
  isTwice: boolean;
}

type Explain = (found: Found) => Explanation;

const EXPLANATIONS: Record<'document' | 'job', Partial<Record<Crossing, Explain>>> = {
  document: {
    cut: ({ isUnread }) => (isUnread ? DOCUMENT_TEXT : DOCUMENT_CUT),
    foreign: () => DOCUMENT_STALE,
    astray: () => DOCUMENT_EARLY,
    linked: () => LINKED,
  },
  job: {
    cut: ({ isUnread }) => (isUnread ? JOB_LOWERCASE : JOB_CUT),
    foreign: ({ isTwice }) => (isTwice ? JOB_TWICE : JOB_STALE),
    astray: () => JOB_EARLY,
    linked: () => LINKED,
  },
};

const DOCUMENT_CUT: Explanation = {
  what: 'The document carried no context: the poller found nothing to continue and started a new trace.',
  so: 'The work was done; nothing tells that your click caused it.',
  code: [CODE.capturesContext, CODE.readsDocument],
  page: PAGES.document,
};

const DOCUMENT_TEXT: Explanation = {
  what: 'The document held the context as one text; the poller looks for fields and started a new trace.',
  so: 'It is there for all to see, and nobody can read it.',
  code: [CODE.textDocument, CODE.readsDocument],
  page: PAGES.document,
};

const DOCUMENT_STALE: Explanation = {
  what: 'The order kept the context of the template it was copied from: the poller continued that trace.',
  so: 'Every span has a parent, and your click has no part in it.',
  code: [CODE.staleDocument, CODE.capturesContext],
  page: PAGES.document,
};

const DOCUMENT_EARLY: Explanation = {
  what: 'The context was captured before the span that sends had begun: the poller is beside it, not under it.',
  so: 'Capture where the data is written.',
  code: [CODE.earlyDocument, CODE.capturesContext],
  page: PAGES.document,
};

const JOB_CUT: Explanation = {
  what: "The Job's environment carried no context: the pod found nothing to continue and started a new trace.",
  so: 'The report was written; nothing tells who asked for it.',
  code: [CODE.injectsIntoPod, CODE.readsEnvironment],
  page: PAGES.job,
};

const JOB_LOWERCASE: Explanation = {
  what: 'The variable was called traceparent, as the header is: the pod asks for TRACEPARENT and started a new trace.',
  so: 'Headers do not care for case, environments do.',
  code: [CODE.lowercaseJob, CODE.readsEnvironment],
  page: PAGES.job,
};

const JOB_STALE: Explanation = {
  what: 'The template had a TRACEPARENT of its own and nobody replaced it: the pod continued that trace.',
  so: 'So will every Job that is made from it.',
  code: [CODE.staleJob, CODE.injectsIntoPod],
  page: PAGES.job,
};

const JOB_TWICE: Explanation = {
  what: 'TRACEPARENT was there twice: the last one, a template’s, won, and the pod joined its trace.',
  so: 'Inject replaces; adding leaves it to the order of the list.',
  code: [CODE.twiceInJob, CODE.injectsIntoPod],
  page: PAGES.job,
};

const JOB_EARLY: Explanation = {
  what: 'The context was captured before the span that launches had begun: the pod is beside it, not under it.',
  so: 'Inject where the Job is created.',
  code: [CODE.earlyJob, CODE.injectsIntoPod],
  page: PAGES.job,
};

const HEADER_CUT: Explanation = {
  what: 'A service did not continue the traceparent header that it was sent and started a new trace.',
  so: 'At a public door that can be a choice: the edge policy “ignore” trusts nobody.',
  code: [CODE.followsHeader],
  page: PAGES.joined,
};

const LINKED: Explanation = {
  what: 'The poller started a trace of its own and linked it to the one that sent the order.',
  so: 'Two shorter traces, one click apart: good for work that comes much later.',
  code: [CODE.choosesShape, CODE.readsDocument],
  page: PAGES.shape,
};
