/** The stops of a request, in the order in which it passes them. Each has a letter, so that color is never alone. */
export const STOPS = [
  { service: 'browser', letter: 'B', role: 'your click' },
  { service: 'writer', letter: 'W', role: 'stores an order', by: { carrier: 'http', label: 'header' } },
  { service: 'poller', letter: 'P', role: 'finds it, later', by: { carrier: 'document', label: 'document' } },
  {
    service: 'job-launcher',
    letter: 'L',
    role: 'creates a Job',
    by: { carrier: 'http', label: 'header' },
  },
  { service: 'report-job', letter: 'R', role: 'runs in a pod', by: { carrier: 'job', label: 'Job env' } },
] as const satisfies readonly StopPlace[];

/** What carries the context to a stop, and what the page calls it. */
export interface Way {
  carrier: 'http' | 'document' | 'job';
  label: string;
}

interface StopPlace {
  service: string;
  letter: string;
  role: string;
  /** Absent on the first one. */
  by?: Way;
}

export type StopName = (typeof STOPS)[number]['service'];
