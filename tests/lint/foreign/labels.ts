import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';

/** One side of a hop, as a person names it. `kind` is OpenTelemetry's span kind, in capitals. */
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

/** What a linter should find in a recording. A finding about a single span has only `to`. A finding about a whole trace has neither. */
export interface Expected {
  rule: string;
  from?: End;
  to?: End;
}

/** The known facts about a recording, written before a linter has read it. Each hop has its own entry, even if two look the same. */
export interface Labels {
  about: string;
  expected: Expected[];
  /** Findings that fit the definitions, but that no reader would miss. They count as neither right nor wrong. */
  open?: Expected[];
  /** Correct hops. */
  right: Hop[];
}

export async function readLabels(path: string): Promise<Labels> {
  return JSON.parse(await readFile(path, 'utf8')) as Labels;
}

/** The findings of a linter, compared with the labels. */
export interface Verdict {
  hits: Expected[];
  /** Expected, but not found. */
  missed: Expected[];
  /** Found, but neither expected nor open. */
  wrong: Expected[];
}

/**
 * Compares findings with labels by their rule and by the ends of the hop that the label names. Each finding matches at most one expected
 * label.
 */
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

/**
 * Returns the share of the findings that are right, and the share of the expected findings that were found. Both are 1 if there are none.
 */
export function score(verdicts: readonly Verdict[]): { precision: number; recall: number } {
  const count = (of: keyof Verdict) => verdicts.reduce((sum, verdict) => sum + verdict[of].length, 0);
  const share = (other: number) =>
    count('hits') + other === 0 ? 1 : count('hits') / (count('hits') + other);
  return { precision: share(count('wrong')), recall: share(count('missed')) };
}

/** Reports whether the findings are as right and as complete as they must be. */
export function areGood(verdicts: readonly Verdict[]): boolean {
  const { precision, recall } = score(verdicts);
  return precision >= 0.95 && recall >= 0.95;
}

/** Formats a finding as one line. */
export const describe = ({ rule, from, to }: Expected): string =>
  `${rule}: ${[from, to]
    .filter((end) => end !== undefined)
    .map(titleOf)
    .join(' → ')}`;

export const titleOf = ({ service, kind, name }: End): string => `${service} ${kind} ${name}`;
