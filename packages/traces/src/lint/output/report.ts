import type { HopEnd, Finding, RuleId } from '../finding.ts';
import { labelOf } from '../../tree/span.ts';
import { printable } from '../../draw/text.ts';

/** Returns a hop as `writer PRODUCER send x → poller CONSUMER process x`, or only the end that is known. */
export function hopOf({ from, to }: Pick<Finding, 'from' | 'to'>): string {
  return [from, to].flatMap((end) => (end ? [printable(labelOf(end))] : [])).join(' → ');
}

/** Findings of one rule between spans with the same labels: one break that occurs several times. */
export interface Group {
  rule: RuleId;
  hop: string;
  findings: [Finding, ...Finding[]];
}

export function grouped(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const hop = hopOf(finding);
    const key = `${finding.rule}\n${hop}`;
    const group = groups.get(key);
    if (group) group.findings.push(finding);
    else groups.set(key, { rule: finding.rule, hop, findings: [finding] });
  }
  return [...groups.values()];
}

export const placeOf = ({ traceId, spanId }: HopEnd): string => `trace ${traceId} span ${spanId}`;
