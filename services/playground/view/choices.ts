/** What each switch can be set to, the plain case first. The carriers' are those of the contract; a test holds them together. */
export const CHOICES = {
  document: ['on', 'off', 'stale', 'early', 'text'],
  job: ['on', 'off', 'stale', 'twice', 'early', 'lowercase'],
  shape: ['parent', 'link', 'parent+link'],
  jobFault: ['none', 'crash', 'oom'],
} as const;

export type Choice<K extends keyof typeof CHOICES> = (typeof CHOICES)[K][number];

export type CarrierName = 'document' | 'job';

/** A way to carry the context wrong: nothing is missing, and the trace is not the right one. */
export interface Trap {
  /** In the list to choose from. */
  label: string;
  /** What it does, in a line. */
  does: string;
  /** On the run, so that its picture needs no caption. */
  chip: string;
}

type TrapsOf<K extends CarrierName> = Record<Exclude<Choice<K>, 'on' | 'off'>, Trap>;

export const TRAPS: { [K in CarrierName]: TrapsOf<K> } = {
  document: {
    stale: {
      label: 'copied with its context',
      does: 'An order copied with the context of whoever stored its template.',
      chip: 'document: stale context',
    },
    early: {
      label: 'captured too early',
      does: 'The context is taken before the span that sends has begun.',
      chip: 'document: captured too early',
    },
    text: {
      label: 'stored as a text',
      does: 'The fields are one JSON text, and nobody looks into it.',
      chip: 'document: context as a text',
    },
  },
  job: {
    stale: {
      label: 'left in the template',
      does: 'The template has a TRACEPARENT of its own, which nobody replaces.',
      chip: 'Job: stale template',
    },
    twice: {
      label: 'added, not replaced',
      does: 'TRACEPARENT twice, ours and a template’s: the last one wins.',
      chip: 'Job: variable twice',
    },
    early: {
      label: 'captured too early',
      does: 'The context is taken before the span that launches has begun.',
      chip: 'Job: captured too early',
    },
    lowercase: {
      label: 'named in lower case',
      does: 'The variable is called traceparent; readers ask for TRACEPARENT.',
      chip: 'Job: lower-case name',
    },
  },
};

/** The trap that a carrier is set to, if it is one. */
export function trapOf(carrier: CarrierName, value: string): Trap | undefined {
  return new Map(Object.entries<Trap>(TRAPS[carrier])).get(value);
}
