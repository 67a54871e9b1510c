/** One value of a switch. */
export interface Option {
  value: string | number | boolean;
  /** The text in the list of options. */
  label: string;
  /** What it does, in one line. Replaces the hint of the switch while it is chosen. */
  hint?: string;
  /** The label on the run, so that its waterfall needs no caption. Absent for the plain case. */
  chip?: string;
}

export interface Switch {
  label: string;
  hint: string;
  /** The plain case first. */
  options: readonly [Option, ...Option[]];
  /** The numbers that a URL may set in addition to the options. */
  range?: { min: number; max: number; chip: (value: number) => string };
  /** The switch that this one depends on. If that is off or 0, this one has no effect. */
  needs?: 'report' | 'approval' | 'parts';
  /** True if it is a field of `demo` in the order. */
  isDemo?: true;
}

/** The time from one run of a recurring order to the next, in seconds. */
export const RUN_EVERY_S = 2;

const count = (value: number, label: string): Option => ({ value, label });

/**
 * All switches of a click on Run. The form, the URL, the requests, and the chips are made from this list. A test compares the
 * values with `DemoSwitches`.
 */
export const SWITCHES = {
  document: {
    label: 'Document carrier',
    hint: 'The order has the context of its sender, and the poller reads it.',
    options: [
      { value: 'on', label: 'none' },
      {
        value: 'off',
        label: 'off',
        hint: 'The poller reads an order that says nothing of its sender.',
        chip: 'document carrier off',
      },
      {
        value: 'stale',
        label: 'copied with its context',
        hint: 'An order copied with the context that its template was stored with.',
        chip: 'document: stale context',
      },
      {
        value: 'early',
        label: 'captured too early',
        hint: 'The context is taken before the span that sends has begun.',
        chip: 'document: captured too early',
      },
      {
        value: 'text',
        label: 'stored as a text',
        hint: 'The fields are one JSON text, and no reader looks into it.',
        chip: 'document: context as a text',
      },
    ],
    isDemo: true,
  },
  job: {
    label: 'Job carrier',
    hint: 'The pod has the context of the launch in its environment.',
    options: [
      { value: 'on', label: 'none' },
      {
        value: 'off',
        label: 'off',
        hint: 'The pod starts with nothing in its environment.',
        chip: 'Job carrier off',
      },
      {
        value: 'stale',
        label: 'left in the template',
        hint: 'The template has a TRACEPARENT of its own, which nothing replaces.',
        chip: 'Job: stale template',
      },
      {
        value: 'twice',
        label: 'added, not replaced',
        hint: 'TRACEPARENT twice, ours and a template’s: the last one wins.',
        chip: 'Job: variable twice',
      },
      {
        value: 'early',
        label: 'captured too early',
        hint: 'The context is taken before the span that launches has begun.',
        chip: 'Job: captured too early',
      },
      {
        value: 'lowercase',
        label: 'named in lower case',
        hint: 'The variable is called traceparent; readers ask for TRACEPARENT.',
        chip: 'Job: lower-case name',
      },
    ],
    needs: 'report',
    isDemo: true,
  },
  shape: {
    label: 'Trace shape',
    hint: "How the poller's span relates to the context that it read.",
    options: [
      { value: 'parent', label: 'parent: one trace' },
      { value: 'link', label: 'link: two, linked', chip: 'shape link' },
      { value: 'parent+link', label: 'parent + link', chip: 'shape parent+link' },
    ],
    isDemo: true,
  },
  report: {
    label: 'Report',
    hint: 'A Job makes the report, as the last step of the work.',
    options: [
      { value: true, label: 'asks for a report' },
      { value: false, label: 'none', hint: 'No Job: the trace ends in the poller.', chip: 'no report' },
    ],
  },
  failTimes: {
    label: 'Handler fails',
    hint: 'Each attempt is a separate span, linked to the previous one.',
    options: [
      count(0, 'never'),
      count(1, '1 time'),
      count(2, '2 times'),
      count(3, '3 times'),
      count(4, '4 times'),
      count(5, '5 times'),
    ],
    range: { min: 0, max: 5, chip: (times) => `fails ${times}×` },
    isDemo: true,
  },
  handlerMs: {
    label: 'Handler takes',
    hint: 'The poller waits, and the bar of its span shows it.',
    options: [count(0, 'no extra time'), count(500, '500 ms'), count(2_000, '2 s'), count(10_000, '10 s')],
    range: { min: 0, max: 20_000, chip: (ms) => `slow by ${ms} ms` },
    isDemo: true,
  },
  jobFault: {
    label: 'The job',
    hint: 'Kubernetes tries again. The spans of the crashed pod must not be lost.',
    options: [
      { value: 'none', label: 'succeeds' },
      { value: 'crash', label: 'crashes', chip: 'job crashes' },
      { value: 'oom', label: 'runs out of memory', chip: 'job out of memory' },
    ],
    needs: 'report',
    isDemo: true,
  },
  orders: {
    label: 'Orders per click',
    hint: 'One root, and a branch for each order.',
    options: [count(1, '1'), count(2, '2'), count(5, '5'), count(10, '10'), count(20, '20')],
    range: { min: 1, max: 20, chip: (orders) => `${orders} orders` },
  },
  approval: {
    label: 'Approvals',
    hint: 'The work stops until you approve it, in the run.',
    options: [count(0, 'none'), count(1, '1'), count(2, '2, one after another')],
    range: { min: 0, max: 5, chip: (approvals) => `${approvals} approval${approvals === 1 ? '' : 's'}` },
  },
  segment: {
    label: 'After approval, it resumes',
    hint: 'The document has the context of the attempt that stopped.',
    options: [
      { value: 'on', label: 'from where it stopped' },
      {
        value: 'approver',
        label: 'under the approver',
        hint: 'The context of the approval replaces that of the attempt that stopped.',
        chip: 'approver as parent',
      },
      {
        value: 'off',
        label: 'from its creation',
        hint: 'No context says where the work stopped, so it resumes where it began.',
        chip: 'segment not kept',
      },
    ],
    needs: 'approval',
  },
  parts: {
    label: 'Parts',
    hint: 'Each part is a separate order. After the last part, the order resumes.',
    options: [count(0, 'none'), count(3, '3'), count(10, '10'), count(25, '25, too many for one trace')],
    range: { min: 0, max: 50, chip: (parts) => `${parts} parts` },
  },
  join: {
    label: 'After its parts, it resumes',
    hint: 'The order then links to the last span of each part.',
    options: [
      { value: 'on', label: 'from where it stopped' },
      {
        value: 'part',
        label: 'under the last part',
        hint: 'The context of the last part replaces that of the attempt that stopped.',
        chip: 'part as parent',
      },
    ],
    needs: 'parts',
    isDemo: true,
  },
  startsIn: {
    label: 'Starts',
    hint: 'A later start is a separate trace, linked to the request that placed the order.',
    options: [count(0, 'at once'), count(5, 'in 5 s'), count(30, 'in 30 s')],
    range: { min: 0, max: 3_600, chip: (seconds) => `starts in ${seconds} s` },
  },
  runs: {
    label: 'Runs',
    hint: `Every ${RUN_EVERY_S} seconds, without a report or parts. Each run is a separate trace.`,
    options: [count(1, 'once'), count(2, '2 times'), count(3, '3 times')],
    range: { min: 1, max: 10, chip: (runs) => `${runs} runs` },
  },
} as const satisfies Record<string, Switch>;

export type SwitchName = keyof typeof SWITCHES;
export type CarrierName = 'document' | 'job';

/** The values that a switch can have. */
export type ValueOf<S extends Switch> = S extends { range: object } ? number : S['options'][number]['value'];
