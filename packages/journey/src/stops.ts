/** The stops of a request, in the order in which it passes them. Each has a letter, so that color is never alone. */
export const STOPS = [
  { service: 'browser', letter: 'B', role: 'your click' },
  { service: 'writer', letter: 'W', role: 'stores an order' },
  { service: 'poller', letter: 'P', role: 'finds it, later' },
  { service: 'job-launcher', letter: 'L', role: 'creates a Job' },
  { service: 'report-job', letter: 'R', role: 'runs in a pod' },
] as const;

export type StopName = (typeof STOPS)[number]['service'];
