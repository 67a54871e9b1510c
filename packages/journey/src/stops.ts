/**
 * The stops of a request, in order. Their colors are also distinct for people who can't see red, green, or blue. Each stop also
 * has a letter, so that color is never the only sign.
 */
export const STOPS = [
  { service: 'browser', letter: 'B', color: ['#5b6470', '#a3adb9'], role: 'your click' },
  {
    service: 'writer',
    letter: 'W',
    color: ['#0068a8', '#5fb4f0'],
    role: 'stores an order',
    by: { carrier: 'http', label: 'header' },
  },
  {
    service: 'poller',
    letter: 'P',
    color: ['#a85a00', '#f2a33c'],
    role: 'finds it, later',
    by: { carrier: 'document', label: 'document' },
  },
  {
    service: 'job-launcher',
    letter: 'L',
    color: ['#00745a', '#3ccb9f'],
    role: 'creates a Job',
    by: { carrier: 'http', label: 'header' },
  },
  {
    service: 'report-job',
    letter: 'R',
    color: ['#a02b7a', '#ee8fcb'],
    role: 'runs in a pod',
    by: { carrier: 'job', label: 'Job env' },
  },
] as const satisfies readonly StopPlace[];

/** The carrier that brings the context to a stop, and its label on the page. */
export interface Way {
  carrier: 'http' | 'document' | 'job';
  label: string;
}

interface StopPlace {
  service: string;
  letter: string;
  color: readonly [light: string, dark: string];
  role: string;
  /** Absent for the first stop. */
  by?: Way;
}

export type StopName = (typeof STOPS)[number]['service'];
