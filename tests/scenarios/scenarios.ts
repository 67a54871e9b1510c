import type { DecideOrder, DemoSwitches, PlaceOrder } from '@beyond-headers/contracts';
import type { EdgeRow } from '@beyond-headers/traces';
import type { PartsOfScenario } from './order-parts.ts';
import {
  approved,
  brokenDocument,
  brokenJob,
  documentCarrier,
  goesOn,
  goesOnUnderApprover,
  jobCarrier,
  launched,
  linkedDocument,
  observed,
  reported,
  scheduledRun,
  splitIntoParts,
  waitStaysWithOrder,
  written,
} from '../support/expected-tree.ts';

/** One request, and the expected traces: for each one its edges, in the order of `traceIds`. */
export interface Scenario {
  name: string;
  /** What readers see in the waterfall. */
  shows: string;
  demo: DemoSwitches;
  report: boolean;
  /** Additional fields of the request. */
  order?: Partial<PlaceOrder>;
  /** One item for each approval that the order waits for: whether the order continues from where it stopped. */
  approvals?: Array<NonNullable<DecideOrder['demo']>['segment']>;
  /** The number of parts of the order, and what it continues from. */
  parts?: PartsOfScenario;
  traces: EdgeRow[][];
  /** Pairs of (index of the linking trace, index of the trace it links to). */
  links?: Array<readonly [from: number, to: number]>;
  /** The expected findings of `traces lint`, each as the rule and the service of its span. */
  findings?: readonly string[];
}

/** To add a scenario, add a row here. The runner, the local test, and `npm run scenario` use this list. */
export const SCENARIOS: Scenario[] = [
  {
    name: 'joined',
    shows: 'With both carriers, there is one trace through four services.',
    demo: {},
    report: true,
    traces: [[...written, ...documentCarrier, ...launched, ...jobCarrier, ...observed, ...reported]],
  },
  {
    name: 'no report',
    shows:
      'The order asks for no report, so there is no Job. There is one trace, through the writer and the poller.',
    demo: {},
    report: false,
    traces: [[...written, ...documentCarrier]],
  },
  {
    name: 'document carrier off',
    shows:
      'The document carries no context. So the poller starts a separate trace, and nothing connects the two traces.',
    demo: { document: 'off' },
    report: true,
    traces: [written, [...brokenDocument, ...launched, ...jobCarrier, ...observed, ...reported]],
    findings: ['lost-context at poller'],
  },
  {
    name: 'Job carrier off',
    shows: "The Job's environment carries no context. So the program in the Job starts a separate trace.",
    demo: { job: 'off' },
    report: true,
    traces: [
      [...written, ...documentCarrier, ...launched],
      [...brokenJob, ...reported],
    ],
    findings: ['lost-context at report-job'],
  },
  {
    name: 'both carriers off',
    shows: 'No carrier has the context. One request becomes three traces, without a link between them.',
    demo: { document: 'off', job: 'off' },
    report: true,
    traces: [written, [...brokenDocument, ...launched], [...brokenJob, ...reported]],
    findings: ['lost-context at poller', 'lost-context at report-job'],
  },
  {
    name: 'shape link',
    shows:
      'The poller starts a new trace, which links to the span that sent the order. There are two traces, connected by a link.',
    demo: { shape: 'link' },
    report: true,
    traces: [
      [...written, ...waitStaysWithOrder],
      [...linkedDocument, ...launched, ...jobCarrier, ...observed, ...reported],
    ],
    links: [[1, 0]],
  },
  {
    name: 'shape parent+link',
    shows:
      "The poller's span is a child of the span that sent the order, and also links to it, as OpenTelemetry's conventions for messaging ask. There is one trace.",
    demo: { shape: 'parent+link' },
    report: true,
    traces: [[...written, ...documentCarrier, ...launched, ...jobCarrier, ...observed, ...reported]],
    links: [[0, 0]],
  },
  {
    name: 'recurring',
    shows:
      'An order runs twice. Each run is a separate trace, which links to the request that placed the order. The second run also links to the first run.',
    demo: {},
    report: false,
    order: { every: { seconds: 1, times: 2 } },
    traces: [written, scheduledRun, scheduledRun],
    links: [
      [1, 0],
      [2, 0],
      [2, 1],
    ],
  },
  {
    name: 'recurring, shape parent',
    shows:
      'An order runs twice. Each run is a child of the span that placed the order, so the trace grows for as long as the order recurs.',
    demo: { shape: 'parent' },
    report: false,
    order: { every: { seconds: 1, times: 2 } },
    traces: [[...written, ...documentCarrier]],
  },
  {
    name: 'approved twice',
    shows:
      'An order waits for an approval, twice. After each approval, the work resumes as a child of the attempt in which it stopped, and links to the approval.',
    demo: {},
    report: false,
    approvals: ['on', 'on'],
    traces: [[...written, ...documentCarrier, ...goesOn], approved, approved],
    links: [
      [0, 1],
      [0, 2],
      [1, 0],
      [2, 0],
    ],
  },
  {
    name: 'approver as parent',
    shows: 'A mistake: the order resumes in the trace of the request that approved it, not in its own trace.',
    demo: {},
    report: false,
    approvals: ['approver'],
    traces: [
      [...written, ...documentCarrier],
      [...approved, ...goesOnUnderApprover],
    ],
    links: [[1, 0]],
  },
  {
    name: 'three parts',
    shows:
      'An order is split into three parts. When the last part has ended, the order resumes as a child of the attempt in which it stopped, and links to the last span of each part.',
    demo: {},
    report: false,
    parts: { count: 3, join: 'on' },
    traces: [[...written, ...documentCarrier, ...splitIntoParts, ...goesOn]],
    links: [[0, 0]],
  },
  {
    name: 'part as parent',
    shows:
      'A mistake: the order resumes as a child of the part that ended last, not of the attempt in which it stopped.',
    demo: {},
    report: false,
    parts: { count: 3, join: 'part' },
    traces: [[...written, ...documentCarrier, ...splitIntoParts, ...goesOn]],
    links: [[0, 0]],
  },
];
