import type { Finding, RuleId } from '../finding.ts';
import { groupBy } from '../../tree/group-by.ts';
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
  const groups = groupBy(findings, (finding) => `${finding.rule}\n${hopOf(finding)}`);
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ rule: first.rule, hop: hopOf(first), findings: [first, ...others] }] : [],
  );
}
