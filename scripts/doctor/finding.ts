import type { Engine, Facts } from './facts.ts';

/** One problem: its cause, and the next command to run. */
export interface Finding {
  /** An `error` stops the demo. A `hint` may stop it. */
  level: 'error' | 'hint';
  cause: string;
  next: string;
}

export const GIB = 2 ** 30;
export const LIGHT = 'docker compose --profile light up --build --wait';

export const error = (cause: string, next: string): Finding => ({ level: 'error', cause, next });
export const hint = (cause: string, next: string): Finding => ({ level: 'hint', cause, next });

export const engineOf = ({ docker }: Facts): Engine | undefined =>
  docker.state === 'ready' ? docker.engine : undefined;

export const clusterOf = ({ settings }: Facts): 'k3s' | 'light' =>
  settings.profiles.includes('k3s') ? 'k3s' : 'light';

/** Reports whether `version` (`28.5.2+dfsg4`, `v2.40.3-desktop.1`) is older than `than` (`25.0.0`). */
export function isOlder(version: string, than: string): boolean {
  const [numbers = '0'] = /\d+(\.\d+)*/.exec(version) ?? [];
  // A number that a version leaves out is 0.
  return `${numbers}.0.0`.localeCompare(than, 'en', { numeric: true }) < 0;
}
