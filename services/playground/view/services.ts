import { STOPS } from '@beyond-headers/journey';

/** Class names of the style sheet; services that are not of this project share the last one. */
export function serviceClass(service: string): string {
  return STOPS.some((stop) => stop.service === service) ? `service-${service}` : 'service-other';
}

export function serviceLetter(service: string): string {
  const known = STOPS.find((stop) => stop.service === service);
  return known?.letter ?? (service.match(/\p{L}/u)?.[0]?.toUpperCase() || '?');
}
