import type { DemoSwitches } from '@beyond-headers/contracts';

/** An order, and everything that `traces lint` must find in its traces. */
export interface Truth {
  demo: DemoSwitches;
  /** Absent for an order with a report. */
  report?: false;
  /** The page's title for its traces. */
  title: string;
  /** Each finding as `rule: from → to`, once. */
  findings?: readonly string[];
}

const at = (rule: string) => ({
  document: `${rule}: writer PRODUCER send orders → poller CONSUMER process orders`,
  job: `${rule}: job-launcher PRODUCER launch report-job → report-job CONSUMER run report-job`,
});
const [lost, wrongTrace, wrongParent] = [at('lost-context'), at('wrong-trace'), at('wrong-parent')];

/** Every way to carry the context, right and wrong. To add one, add a row. */
export const TRUTH: readonly Truth[] = [
  { demo: {}, title: 'One trace' },
  { demo: {}, report: false, title: 'One trace' },
  { demo: { shape: 'link' }, title: 'Two traces, linked' },
  { demo: { shape: 'parent+link' }, title: 'One trace' },
  { demo: { failTimes: 1 }, title: 'One trace' },
  { demo: { failTimes: 1, shape: 'link' }, report: false, title: 'Three traces, linked' },
  { demo: { jobFault: 'crash' }, title: 'One trace' },
  { demo: { jobFault: 'oom' }, title: 'One trace' },
  { demo: { document: 'off' }, title: 'Two traces', findings: [lost.document] },
  {
    demo: { document: 'off', failTimes: 1 },
    report: false,
    title: 'Three traces',
    findings: [lost.document],
  },
  { demo: { job: 'off' }, title: 'Two traces', findings: [lost.job] },
  { demo: { document: 'off', job: 'off' }, title: 'Three traces', findings: [lost.document, lost.job] },
  { demo: { document: 'stale' }, title: 'The wrong trace', findings: [wrongTrace.document] },
  { demo: { document: 'early' }, title: 'The wrong parent', findings: [wrongParent.document] },
  { demo: { document: 'text' }, title: 'Two traces', findings: [lost.document] },
  { demo: { job: 'stale' }, title: 'The wrong trace', findings: [wrongTrace.job] },
  { demo: { job: 'twice' }, title: 'The wrong trace', findings: [wrongTrace.job] },
  { demo: { job: 'early' }, title: 'The wrong parent', findings: [wrongParent.job] },
  { demo: { job: 'lowercase' }, title: 'Two traces', findings: [lost.job] },
  { demo: { job: 'off', jobFault: 'crash' }, title: 'Four traces', findings: [lost.job] },
];
