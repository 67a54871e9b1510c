import type { TestContext } from 'node:test';
import type { Base } from './base.ts';
import { readSteps, type Step } from './page.ts';
import { Reader, type PageRun } from './reader.ts';

/** Runs a page, with a test for each block. Stops at the first failure, because later blocks depend on earlier ones. */
export async function runPage(t: TestContext, run: Omit<PageRun, 'note'>): Promise<void> {
  const reader = new Reader({ ...run, note: (text) => t.diagnostic(text) });
  for (const step of readSteps(run.path)) {
    const leftOut = whyLeftOut(step, run.base);
    if (leftOut) t.diagnostic(`left out: ${run.path}:${step.line}, ${leftOut}`);
    if (leftOut || !isDone(step)) continue;
    let passed = false;
    await t.test(`${run.path}:${step.line} ${firstLine(step)}`, async () => {
      await reader.follow(step);
      passed = true;
    });
    if (!passed) return;
  }
  if (run.update) reader.updatePage();
}

function isDone({ info: { language, from, into } }: Step): boolean {
  return language === 'sh' || from !== undefined || into !== undefined;
}

function whyLeftOut({ info }: Step, base: Base): string | undefined {
  if (info.notRun) return info.notRun;
  if (info.ways.length > 0 && !info.ways.includes(base.way)) return `it is for ${info.ways.join(', ')}`;
  if (info.startsSystem && base.banner === undefined) return 'the system runs already';
  const missing = info.needs.find((program) => !base.has(program));
  return missing && `${missing} is not on this machine`;
}

const firstLine = ({ text }: Step) => text.split('\n', 1)[0]?.trim() ?? '';
