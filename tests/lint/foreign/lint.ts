import { lintStore } from '../../../packages/traces/src/lint/lint.ts';
import { SpanStore } from '../../../packages/traces/src/lint/model/span-store.ts';
import { readSpansInto } from '../../../packages/traces/src/lint/read/files.ts';
import { Sink } from '../../../packages/traces/src/lint/read/input.ts';
import type { End, Expected } from './labels.ts';

/**
 * Returns what `traces lint --file` finds, without span ids. Runs in this process, because a process for each recording would take a
 * minute.
 */
export async function lint(file: string): Promise<Expected[]> {
  const sink = new Sink(new SpanStore());
  await readSpansInto(sink, file);
  if (sink.problems.length > 0) throw new Error(`Failed to read ${file}: ${sink.problems.join(' ')}`);
  const { findings } = lintStore(sink.store).report;
  return findings.map(({ rule, from, to }) => ({
    rule,
    ...(from && { from: nameOf(from) }),
    ...(to && { to: nameOf(to) }),
  }));
}

const nameOf = ({ service, kind, name }: End): End => ({ service, kind, name });
