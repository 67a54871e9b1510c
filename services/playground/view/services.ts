import { STOPS } from '@beyond-headers/journey';

/** Returns the CSS class of a service. All services from outside this project share one. */
export function serviceClass(service: string): string {
  return STOPS.some((stop) => stop.service === service) ? `service-${service}` : 'service-other';
}

export function serviceLetter(service: string): string {
  const known = STOPS.find((stop) => stop.service === service);
  return known?.letter ?? (service.match(/\p{L}/u)?.[0]?.toUpperCase() || '?');
}
