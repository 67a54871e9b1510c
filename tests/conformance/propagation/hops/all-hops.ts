import { openAnnotationsHop } from './annotations.ts';
import { openChildProcessHop } from './child-process.ts';
import { openDocumentHop } from './document.ts';
import type { Hop } from './hop.ts';
import { openHttpHop } from './http.ts';
import { openJobHop } from './job.ts';

/** Every hop that the table runs over. */
export const openings: readonly [name: string, open: () => Promise<Hop>][] = [
  ['HTTP', () => opened(openHttpHop())],
  ['document', () => opened(openDocumentHop())],
  ['child process', () => opened(openChildProcessHop())],
  ['Job environment', () => opened(openJobHop())],
  ['Job annotations', () => opened(openAnnotationsHop())],
];

// The table never looks into a carrier: it only passes on what the hop's own `create()` gave.
function opened<C>(hop: Promise<Hop<C>>): Promise<Hop> {
  return hop;
}
