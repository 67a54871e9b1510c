import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { WAYS, type Way } from './ways.ts';

export const lineOf = ({ level, cause, next }: Finding): string =>
  `${level === 'error' ? '✖' : '!'} ${cause}\n    → ${next}`;

/** Returns the last lines of a report without errors: what runs or can start, and the command that explains a missing trace. */
export function conclusionOf({ systems }: Facts, way: Way): string {
  const running = way === 'start' ? systems : [];
  const runs = running.map(({ pid, playground }) => `✔ npm start runs, pid ${pid}: ${playground}`);
  const lines = running.length > 0 ? runs : [`✔ Nothing stands in the way of: ${WAYS[way]}`];
  return [...lines, '  An order has no trace, or one in pieces? npm run why -- ORDER'].join('\n');
}
