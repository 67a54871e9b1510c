import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { assertExcerpt } from '../../../scripts/docs/excerpt.ts';
import type { Base } from './base.ts';
import { difference } from '../../../scripts/reference/difference.ts';
import { applyDiff, writeInto } from './files.ts';
import { Normaliser } from './normalise.ts';
import type { Step } from './page.ts';
import type { Shell } from './shell.ts';

export interface PageRun {
  /** Relative to the root of the project. */
  path: string;
  base: Base;
  shell: Shell;
  /** Whether to write the output into the page instead of comparing it. */
  update: boolean;
  /** Called when a block runs a second time. */
  note: (text: string) => void;
}

/** How often a block may run. Exports have a time limit, so a busy machine may lose a span or a link. Stale output differs each time. */
const TRIES = 2;

/** Runs a page block by block, and keeps the output. */
export class Reader {
  readonly #run: PageRun;
  readonly #expected = new Normaliser();
  #actual = new Normaliser();
  readonly #printed = new Map<Step, string>();
  #isStale = false;

  constructor(run: PageRun) {
    this.#run = run;
  }

  async follow(step: Step): Promise<void> {
    const { info, text } = step;
    const path = info.into && this.#run.base.toActual(info.into);
    if (info.from) assertExcerpt(text, info.from);
    else if (path && info.language === 'diff') applyDiff(path, text);
    else if (path) writeInto(path, text);
    else await this.#holdAgainst(step, this.#expected.normalise(step.output?.text ?? ''));
  }

  async #holdAgainst(step: Step, expected: string): Promise<void> {
    const { path, update, note } = this.#run;
    const place = `${path}:${step.output?.line ?? step.line}`;
    for (let tries = 1; ; tries++) {
      const printed = await this.#execute(step);
      const actual = this.#actual.fork();
      const changes = difference(expected, actual.normalise(printed));
      if (changes !== '' && !update && tries < TRIES) {
        note(`${place}: the output differed, done once more:\n${changes}`);
        continue;
      }
      this.#actual = actual;
      this.#printed.set(step, printed.trimEnd());
      this.#isStale ||= changes !== '';
      if (changes === '' || (update && step.output)) return;
      throw new Error(
        `${place} says another output (-) than there is (+), ids, times and widths aside:\n\n` +
          `${changes}\n\nIf the new one is right: npm run test:docs -- --update ${path}`,
      );
    }
  }

  async #execute({ info, text }: Step): Promise<string> {
    const { base, shell } = this.#run;
    if (info.startsSystem) return base.banner ?? '';
    const { output, failures } = await shell.run(base.toActual(text));
    const printed = base.toDocumented(output);
    if (info.fails === failures.length > 0) return printed;
    const got = failures.length > 0 ? failures.join(', ') : 'exit code 0';
    throw new Error(
      `got ${got}. Expected a command ${info.fails ? 'that fails' : 'that works'}; it printed:\n${printed}`,
    );
  }

  /** Writes all outputs of a page if one is stale, because several outputs may contain the same ids. */
  updatePage(): void {
    if (!this.#isStale) return;
    const file = join(ROOT, this.#run.path);
    let page = readFileSync(file, 'utf8');
    for (const [{ output }, printed] of [...this.#printed].toReversed()) {
      if (!output) continue;
      // The block of a new page is empty, so the closing fence follows directly.
      const rest = page.slice(output.end).replace(/^(?=```)/, '\n');
      page = page.slice(0, output.start) + printed + rest;
    }
    writeFileSync(file, page);
  }
}
