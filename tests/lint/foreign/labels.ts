import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';

/** One side of a hop, as a person names it. `kind` is that of OpenTelemetry in capitals. */
export interface End {
  service: string;
  kind: string;
  name: string;
}

/** The way from one span to another. */
export interface Hop {
  from: End;
  to: End;
}

/** What a linter should say of a recording. A finding about one span alone has only `to`, one about a whole trace neither. */
export interface Expected {
  rule: string;
  from?: End;
  to?: End;
}

/** What is known of a recording, written down before a linter has read it. One entry for each hop, also where two look alike. */
export interface Labels {
  about: string;
  expected: Expected[];
  /** Findings that the definitions cover and no reader would miss: counted neither as right nor as wrong. */
  open?: Expected[];
  /** Hops that are as they should be. */
  right: Hop[];
}

export async function readLabels(path: string): Promise<Labels> {
  return JSON.parse(await readFile(path, 'utf8')) as Labels;
}

/** What a linter found, against the labels. */
export interface Verdict {
  hits: Expected[];
  /** Expected, and not found. */
  missed: Expected[];
  /** Found, and neither expected nor open. */
  wrong: Expected[];
}

/** Compares by rule and by what the label says of the hop's two ends; each finding stands for one label. */
export function compare(found: readonly Expected[], { expected, open = [] }: Labels): Verdict {
  const left = [...found];
  const missed: Expected[] = [];
  const hits: Expected[] = [];
  for (const label of expected) {
    const at = left.findIndex((finding) => fits(finding, label));
    if (at === -1) missed.push(label);
    else hits.push(...left.splice(at, 1));
  }
  return { hits, missed, wrong: left.filter((finding) => !open.some((label) => fits(finding, label))) };
}

function fits(finding: Expected, label: Expected): boolean {
  if (finding.rule !== label.rule) return false;
  if (!label.from && !label.to) return true;
  // A finding about one span may name it as either end.
  if (!label.from) return [finding.to, finding.from].some((end) => isDeepStrictEqual(end, label.to));
  return (
    isDeepStrictEqual(finding.from, label.from) && (!label.to || isDeepStrictEqual(finding.to, label.to))
  );
}

/** Of all that was found the share that is right, and of all there is the share that was found. 1 where there is nothing. */
export function score(verdicts: readonly Verdict[]): { precision: number; recall: number } {
  const count = (of: keyof Verdict) => verdicts.reduce((sum, verdict) => sum + verdict[of].length, 0);
  const share = (other: number) =>
    count('hits') + other === 0 ? 1 : count('hits') / (count('hits') + other);
  return { precision: share(count('wrong')), recall: share(count('missed')) };
}

/** A finding as one line. */
export const describe = ({ rule, from, to }: Expected): string =>
  `${rule}: ${[from, to]
    .filter((end) => end !== undefined)
    .map(titleOf)
    .join(' → ')}`;

export const titleOf = ({ service, kind, name }: End): string => `${service} ${kind} ${name}`;
