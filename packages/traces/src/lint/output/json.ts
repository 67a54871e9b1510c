import type { LintReport } from '../lint.ts';
import { SCORE_METHOD } from '../score.ts';

/** Returns the report as JSON, for programs: `{findings, summary}`. */
export function toJson({ findings, summary }: LintReport): string {
  return JSON.stringify({ findings, summary: { ...summary, scoreMethod: SCORE_METHOD } }, undefined, 2);
}
