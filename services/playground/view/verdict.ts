import { CODE, type CodePlace } from './code-places.ts';
import { counted, countedInWords, printable } from './format.ts';
import type { Crossing, Edge, Journey } from './journey.ts';
import type { RunState, SpanView } from './types.ts';

/** What happened to the trace of a run, said so that a picture of the page needs no caption. */
export interface Verdict {
  tone: 'running' | 'joined' | 'linked' | 'broken';
  title: string;
  /** Two sentences: what happened and what follows. */
  text: string;
  /** Where the project's code decides it. */
  code: CodePlace[];
}

/** Reads the verdict from the traces alone; the switches do not count, only what they did. */
export function verdictOn(journey: Journey, spans: readonly SpanView[], state: RunState): Verdict {
  const verdict = describe(journey, spans, state);
  return { ...verdict, text: [verdict.text, ...failuresOf(state)].join(' ') };
}

/** What went wrong beside the trace: an order given up, a Job that Kubernetes calls failed. */
function failuresOf({ orders, jobs }: RunState): string[] {
  const order = orders.find(({ status }) => status === 'failed');
  const job = jobs.find(({ phase }) => phase === 'failed');
  return [
    ...(order
      ? [`The order was given up after ${counted(order.attempts, 'attempt')}${because(order.error)}.`]
      : []),
    ...(job
      ? [
          `The Job failed${because(job.reason)}; of a pod that was killed the launcher tells the end, its own spans are lost.`,
        ]
      : []),
  ];
}

const because = (reason?: string) => (reason ? `: ${printable(reason)}` : '');

function describe(journey: Journey, spans: readonly SpanView[], state: RunState): Verdict {
  if (spans.length === 0) return NOTHING_YET;
  const cut = edgesWith(journey, 'cut');
  const linked = edgesWith(journey, 'linked');
  const title = countedInWords(journey.traces, 'trace');
  if (cut.length > 0) return { tone: 'broken', title, ...explainCut(cut) };
  if (linked.length > 0) return { tone: 'linked', title: `${title}, linked`, ...LINKED };
  if (!state.settled && edgesWith(journey, 'waiting').length > 0) return running(spans);
  return { tone: 'joined', title, ...joined(journey, spans) };
}

const edgesWith = ({ edges }: Journey, crossing: Crossing): Edge[] =>
  edges.filter((edge) => edge.crossing === crossing);

const NOTHING_YET: Verdict = {
  tone: 'running',
  title: 'Running',
  text: 'The click has made a trace id and sent it with the order. Spans show as soon as they have ended.',
  code: [],
};

function running(spans: readonly SpanView[]): Verdict {
  return {
    tone: 'running',
    title: 'Running',
    text: `${counted(spans.length, 'span')} so far. A span shows when it has ended, so the innermost come first.`,
    code: [],
  };
}

function explainCut(cut: Edge[]): Pick<Verdict, 'text' | 'code'> {
  const carriers = new Set(cut.map(({ carrier }) => carrier));
  if (carriers.has('document') && carriers.has('job')) return BOTH_CUT;
  if (carriers.has('document')) return DOCUMENT_CUT;
  return carriers.has('job') ? JOB_CUT : HEADER_CUT;
}

const DOCUMENT_CUT = {
  text:
    'The document carried no context: the poller found nothing to continue and started a new trace. ' +
    'The work was done; nothing tells that your click caused it.',
  code: [CODE.writesDocument, CODE.readsDocument],
};

const JOB_CUT = {
  text:
    "The Job's environment carried no context: the pod found nothing to continue and started a new trace. " +
    'The report was written; nothing tells who asked for it.',
  code: [CODE.injectsIntoPod, CODE.readsEnvironment],
};

const BOTH_CUT = {
  text:
    "Neither the document nor the Job's environment carried the context: poller and pod each started anew. " +
    'One request, and its traces know nothing of each other.',
  code: [CODE.writesDocument, CODE.injectsIntoPod],
};

const HEADER_CUT = {
  text:
    'A service did not continue the traceparent header that it was sent and started a new trace. ' +
    'At a public door that can be a choice: the edge policy `ignore` trusts nobody.',
  code: [],
};

const LINKED = {
  text:
    'The poller started a trace of its own and linked it to the one that sent the order. ' +
    'Two shorter traces, one click apart: good for work that comes much later.',
  code: [CODE.choosesShape, CODE.readsDocument],
};

function joined(journey: Journey, spans: readonly SpanView[]): Pick<Verdict, 'text' | 'code'> {
  const processes = new Set(spans.map(({ service }) => service)).size;
  const hasJob = journey.edges.some(({ carrier, crossing }) => carrier === 'job' && crossing === 'joined');
  const carriers = hasJob ? "the document and the Job's environment" : 'the document';
  return {
    text:
      `The context travelled in ${carriers}, so each reader continued what the writer before it had begun. ` +
      `${countedInWords(processes, 'service')}, one picture.`,
    code: hasJob ? [CODE.writesDocument, CODE.injectsIntoPod] : [CODE.writesDocument, CODE.readsDocument],
  };
}
