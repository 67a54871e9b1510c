import { CODE, explain, PAGES, type CodePlace } from './explanations.ts';
import { counted, printable } from '@beyond-headers/traces/draw';
import type { SpanShape } from '@beyond-headers/traces/tree';
import type { Crossing, Edge, Journey } from './journey.ts';
import type { FoundCarrier, Run } from './run.ts';

/** What happened to the trace of a run, said so that no waterfall needs a caption. */
export interface Verdict {
  tone: 'running' | 'joined' | 'linked' | 'broken';
  title: string;
  /** Two sentences: what happened and what follows. */
  text: string;
  /** Where the project's code decides it. */
  code: CodePlace[];
  /** The page of the tutorial that says more. */
  page?: string;
}

type Explained = Pick<Verdict, 'text' | 'code' | 'page'>;

/** Reads the verdict from traces and carriers; the switches do not count, only what they did. */
export function verdictOn(
  journey: Journey,
  spans: readonly SpanShape[],
  state: Run,
  carriers: readonly FoundCarrier[] = [],
): Verdict {
  const verdict = describe(journey, spans, state, carriers);
  const failures = failuresOf(state);
  const wasRetried = failures.length > 0 || state.orders.some(({ attempts }) => attempts > 1);
  const page = wasRetried && verdict.tone !== 'broken' ? PAGES.retries : verdict.page;
  return { ...verdict, text: [verdict.text, ...failures].join(' '), ...(page && { page }) };
}

/** A verdict as one line for a terminal. */
export const verdictText = ({ title, text }: Verdict): string => `${title}. ${text}`;

/** What went wrong beside the trace: an order given up, a Job that Kubernetes calls failed. */
function failuresOf({ orders, jobs }: Run): string[] {
  const order = orders.find(({ status }) => status === 'failed');
  const job = jobs.find(({ phase }) => phase === 'failed');
  const lost = 'of a pod that was killed the launcher reports the end, its own spans are lost';
  const givenUp =
    order && `The order was given up after ${counted(order.attempts, 'attempt')}${because(order.error)}.`;
  return [givenUp ?? [], job ? `The Job failed${because(job.reason)}; ${lost}.` : []].flat();
}

const because = (reason?: string) => (reason ? `: ${printable(reason)}` : '');

/** Crossings that break the trace, the worst first. */
const BROKEN: Crossing[] = ['cut', 'foreign', 'astray'];

function describe(
  journey: Journey,
  spans: readonly SpanShape[],
  state: Run,
  carriers: readonly FoundCarrier[],
): Verdict {
  if (spans.length === 0)
    return running(
      'The click has made a trace id and sent it with the order. Spans show as soon as they have ended.',
    );
  const broken = journey.edges.filter(({ crossing }) => BROKEN.includes(crossing));
  const linked = edgesWith(journey, 'linked');
  if (broken.length > 0)
    return { tone: 'broken', title: titleOf(broken, journey), ...explained(broken, carriers) };
  if (linked.length > 0) {
    const title = `${countedInWords(journey.traces, 'trace')}, linked`;
    return { tone: 'linked', title, ...explained(linked, carriers) };
  }
  if (!state.settled && edgesWith(journey, 'waiting').length > 0) {
    const soFar = counted(spans.length, 'span');
    return running(`${soFar} so far. A span shows when it has ended, so the innermost come first.`);
  }
  return { tone: 'joined', title: countedInWords(journey.traces, 'trace'), ...joined(journey, spans) };
}

const edgesWith = ({ edges }: Journey, crossing: Crossing): Edge[] =>
  edges.filter((edge) => edge.crossing === crossing);

function titleOf(broken: Edge[], { traces }: Journey): string {
  const worst = BROKEN.find((crossing) => broken.some((edge) => edge.crossing === crossing));
  if (worst === 'foreign') return 'The wrong trace';
  return worst === 'astray' ? 'The wrong parent' : countedInWords(traces, 'trace');
}

/** Of two faults what happened in each; of one also what follows. */
function explained(edges: Edge[], carriers: readonly FoundCarrier[]): Explained {
  const found = edges.map((edge) => ({ page: PAGES[edge.carrier], ...explain(edge, carriers) }));
  const [first, second] = found.filter(({ what }) => what);
  const { what = '', so = '', code = [], page } = first ?? {};
  if (!second?.what || second.what === what) return { text: `${what} ${so}`.trim(), code, page };
  return { text: `${what} ${second.what}`, code: [...code, ...(second.code ?? [])], page };
}

const running = (text: string): Verdict => ({ tone: 'running', title: 'Running', text, code: [] });

function joined(journey: Journey, spans: readonly SpanShape[]): Explained {
  const processes = new Set(spans.map(({ service }) => service)).size;
  const hasJob = journey.edges.some(({ carrier, crossing }) => carrier === 'job' && crossing === 'joined');
  const carriers = hasJob ? "the document and the Job's environment" : 'the document';
  return {
    text:
      `The context traveled in ${carriers}, so each reader continued what the writer before it had begun. ` +
      `${countedInWords(processes, 'service')}, one picture.`,
    code: hasJob ? [CODE.capturesContext, CODE.injectsIntoPod] : [CODE.capturesContext, CODE.readsDocument],
    page: PAGES.http,
  };
}

const ONES = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

/** `Two traces`: small numbers as words, for headings. */
const countedInWords = (count: number, noun: string): string =>
  `${ONES[count] ?? count} ${noun}${count === 1 ? '' : 's'}`;
