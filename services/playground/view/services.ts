/** The stops of a request, in the order in which it passes them. Each has a letter, so that colour is never alone. */
export const STOPS = [
  { service: 'browser', letter: 'B', role: 'your click' },
  { service: 'writer', letter: 'W', role: 'stores an order' },
  { service: 'poller', letter: 'P', role: 'finds it, later' },
  { service: 'job-launcher', letter: 'L', role: 'creates a Job' },
  { service: 'report-job', letter: 'R', role: 'runs in a pod' },
] as const;

export type StopName = (typeof STOPS)[number]['service'];

/** Class names of the style sheet; services that are not of this project share the last one. */
export function serviceClass(service: string): string {
  return STOPS.some((stop) => stop.service === service) ? `service-${service}` : 'service-other';
}

export function serviceLetter(service: string): string {
  const known = STOPS.find((stop) => stop.service === service);
  return known?.letter ?? (service.match(/\p{L}/u)?.[0]?.toUpperCase() || '?');
}
