import type { DemoSwitches } from '@beyond-headers/contracts';

/** An order, and everything that `traces lint` must find in its traces. */
export interface Truth {
  name: string;
  demo: DemoSwitches;
  report: boolean;
  /** Each finding as `rule: from → to`, once. */
  findings: readonly string[];
  /** The page's title for its traces. */
  title: string;
}

const document = 'writer PRODUCER send orders → poller CONSUMER process orders';
const job = 'job-launcher PRODUCER launch report-job → report-job CONSUMER run report-job';

/** Every way to carry the context, right and wrong. To add one, add a row. */
export const TRUTH: readonly Truth[] = [
  { name: 'joined', demo: {}, report: true, title: 'One trace', findings: [] },
  { name: 'no report', demo: {}, report: false, title: 'One trace', findings: [] },
  { name: 'shape link', demo: { shape: 'link' }, report: true, title: 'Two traces, linked', findings: [] },
  {
    name: 'shape parent+link',
    demo: { shape: 'parent+link' },
    report: true,
    title: 'One trace',
    findings: [],
  },
  { name: 'retried', demo: { failTimes: 1 }, report: true, title: 'One trace', findings: [] },
  {
    name: 'retried in shape link',
    demo: { failTimes: 1, shape: 'link' },
    report: false,
    title: 'Three traces, linked',
    findings: [],
  },
  { name: 'a job that crashes', demo: { jobFault: 'crash' }, report: true, title: 'One trace', findings: [] },
  { name: 'a job out of memory', demo: { jobFault: 'oom' }, report: true, title: 'One trace', findings: [] },
  {
    name: 'document carrier off',
    demo: { document: 'off' },
    report: true,
    title: 'Two traces',
    findings: [`lost-context: ${document}`],
  },
  {
    name: 'document carrier off, retried',
    demo: { document: 'off', failTimes: 1 },
    report: false,
    title: 'Three traces',
    findings: [`lost-context: ${document}`],
  },
  {
    name: 'Job carrier off',
    demo: { job: 'off' },
    report: true,
    title: 'Two traces',
    findings: [`lost-context: ${job}`],
  },
  {
    name: 'both carriers off',
    demo: { document: 'off', job: 'off' },
    report: true,
    title: 'Three traces',
    findings: [`lost-context: ${document}`, `lost-context: ${job}`],
  },
  {
    name: 'document stale',
    demo: { document: 'stale' },
    report: true,
    title: 'The wrong trace',
    findings: [`wrong-trace: ${document}`],
  },
  {
    name: 'document early',
    demo: { document: 'early' },
    report: true,
    title: 'The wrong parent',
    findings: [`wrong-parent: ${document}`],
  },
  {
    name: 'document as text',
    demo: { document: 'text' },
    report: true,
    title: 'Two traces',
    findings: [`lost-context: ${document}`],
  },
  {
    name: 'Job stale',
    demo: { job: 'stale' },
    report: true,
    title: 'The wrong trace',
    findings: [`wrong-trace: ${job}`],
  },
  {
    name: 'Job with a variable twice',
    demo: { job: 'twice' },
    report: true,
    title: 'The wrong trace',
    findings: [`wrong-trace: ${job}`],
  },
  {
    name: 'Job early',
    demo: { job: 'early' },
    report: true,
    title: 'The wrong parent',
    findings: [`wrong-parent: ${job}`],
  },
  {
    name: 'Job in lower case',
    demo: { job: 'lowercase' },
    report: true,
    title: 'Two traces',
    findings: [`lost-context: ${job}`],
  },
  {
    name: 'Job off, and it crashes',
    demo: { job: 'off', jobFault: 'crash' },
    report: true,
    title: 'Four traces',
    findings: [`lost-context: ${job}`],
  },
];
