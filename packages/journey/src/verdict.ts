import { counted } from '@beyond-headers/traces/draw';
import type { SpanShape } from '@beyond-headers/traces/tree';
import { CODE, explain, PAGES, type CodePlace } from './explanations.ts';
import type { Crossing, Edge, Journey } from './journey.ts';
import { isJobOver, isOrderOver, type FoundCarrier, type Run } from './run.ts';
import { standingOf } from './standing.ts';

/** A summary of what happened to the trace of a run, so that no waterfall needs a caption. */
export interface Verdict {
  /** `failed`: the trace is whole, but the work was given up. */
  tone: 'running' | 'joined' | 'linked' | 'broken' | 'failed';
  title: string;
  /** What happened, the consequence, and the failures of the work. */
  text: string;
  /** The lines of code that determine it. */
  code: CodePlace[];
  /** The page of the tutorial with more about it. */
  page?: string;
}

type Explained = Pick<Verdict, 'text' | 'code' | 'page'>;

/** Summarizes the findings of `traces lint`, the content of the carriers, and the state of the work. The demo's switches don't count. */
export function verdictOn(
  journey: Journey,
  spans: readonly SpanShape[],
  run: Run,
  carriers: readonly FoundCarrier[] = [],
): Verdict {
  const verdict = describe(journey, spans, run, carriers);
  const { sentences } = standingOf(run);
  const wasRetried = sentences.length > 0 || run.orders.some(({ attempts }) => attempts > 1);
  const page = wasRetried && verdict.tone !== 'broken' ? PAGES.retries : verdict.page;
  return { ...verdict, text: [verdict.text, ...sentences].join(' '), ...(page && { page }) };
}

/** Returns a verdict as one line for a terminal. */
export const verdictText = ({ title, text }: Verdict): string => `${title}. ${text}`;

/** Crossings that break the trace, the worst first. */
const BROKEN: Crossing[] = ['cut', 'foreign', 'astray'];

function describe(
  journey: Journey,
  spans: readonly SpanShape[],
  run: Run,
  carriers: readonly FoundCarrier[],
): Verdict {
  if (spans.length === 0 && run.settled) return undecided('Nothing more is expected.', 'No spans');
  if (spans.length === 0)
    return undecided(
      'The click created a trace id and sent it with the order. Each span shows as soon as it has ended.',
    );
  const broken = journey.edges.filter(({ crossing }) => BROKEN.includes(crossing));
  if (broken.length > 0)
    return { tone: 'broken', title: titleOf(broken, journey), ...explained(broken, carriers) };
  const { status, isRetrying } = standingOf(run);
  if (!run.settled && (isRetrying || isUnderWay(journey, run))) {
    const soFar = counted(spans.length, 'span');
    const text = `${soFar} so far. A span shows when it has ended, so the innermost come first.`;
    const title = isRetrying && status ? capitalized(status) : isHeld(run) ? 'Held' : 'Running';
    return undecided(title === 'Held' ? HELD : text, title);
  }
  const whole = wholeTrace(journey, spans, carriers);
  return status ? { ...whole, tone: 'failed', title: `${whole.title}, ${status}` } : whole;
}

const HELD = 'The order stopped and waits for an approval. Its document keeps the span that stopped.';

const isHeld = ({ orders }: Run): boolean => orders.some(({ status }) => status === 'held');

/** Reports whether more spans may follow, from a stop that was not reached or from work that has not ended. */
function isUnderWay(journey: Journey, { orders, jobs }: Run): boolean {
  return edgesWith(journey, 'waiting').length > 0 || !orders.every(isOrderOver) || !jobs.every(isJobOver);
}

function wholeTrace(
  journey: Journey,
  spans: readonly SpanShape[],
  carriers: readonly FoundCarrier[],
): Verdict {
  const title = countedInWords(journey.traces, 'trace');
  const whole = joined(journey, spans);
  const linked = edgesWith(journey, 'linked');
  if (linked.length > 0) return { tone: 'linked', title: `${title}, linked`, ...explained(linked, carriers) };
  if (journey.traces < 2 || !areLinked(spans)) return { tone: 'joined', title, ...whole };
  // Other traces are beside the path of an order, such as those of approvals.
  const text = `${whole.text} Links join the traces.`;
  return { ...whole, tone: 'linked', title: `${title}, linked`, text, page: PAGES.pauses };
}

/** Reports whether links connect all traces, directly or through others. */
function areLinked(spans: readonly SpanShape[]): boolean {
  const shown = new Set(spans.map(({ traceId }) => traceId));
  const pairs = spans.flatMap(({ traceId, links }) =>
    links
      .filter((link) => link.traceId !== traceId && shown.has(link.traceId))
      .map((link) => [traceId, link.traceId]),
  );
  const reached = new Set([...shown].slice(0, 1));
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const pair of pairs) if (pair.some((id) => reached.has(id))) pair.forEach((id) => reached.add(id));
  }
  return reached.size === shown.size;
}

const edgesWith = ({ edges }: Journey, crossing: Crossing): Edge[] =>
  edges.filter((edge) => edge.crossing === crossing);

function titleOf(broken: Edge[], { traces }: Journey): string {
  const worst = BROKEN.find((crossing) => broken.some((edge) => edge.crossing === crossing));
  if (worst === 'foreign') return 'The wrong trace';
  return worst === 'astray' ? 'The wrong parent' : countedInWords(traces, 'trace');
}

/** Explains two faults by what happened in each, and a single fault also by its consequence. */
function explained(edges: Edge[], carriers: readonly FoundCarrier[]): Explained {
  const found = edges.map((edge) => ({ page: PAGES[edge.carrier], ...explain(edge, carriers) }));
  const [first, second] = found.filter(({ what }) => what);
  const { what = '', so = '', code = [], page } = first ?? {};
  if (!second?.what || second.what === what) return { text: `${what} ${so}`.trim(), code, page };
  return { text: `${what} ${second.what}`, code: [...code, ...(second.code ?? [])], page };
}

const undecided = (text: string, title = 'Running'): Verdict => ({ tone: 'running', title, text, code: [] });

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function joined(journey: Journey, spans: readonly SpanShape[]): Explained {
  const processes = new Set(spans.map(({ service }) => service)).size;
  const hasJob = journey.edges.some(({ carrier, crossing }) => carrier === 'job' && crossing === 'joined');
  const carriers = hasJob ? "the document and the Job's environment" : 'the document';
  return {
    text:
      `The context traveled in ${carriers}, so each receiver continued the sender's trace. ` +
      `${countedInWords(processes, 'service')}, one picture.`,
    code: hasJob ? [CODE.capturesContext, CODE.injectsIntoPod] : [CODE.capturesContext, CODE.readsDocument],
    page: PAGES.http,
  };
}

const ONES = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

/** Returns a count for a heading, with a small number as a word: `Two traces`. */
const countedInWords = (count: number, noun: string): string =>
  `${ONES[count] ?? count} ${noun}${count === 1 ? '' : 's'}`;
