import pTimeout from 'p-timeout';
import { HttpProblem } from './http-problem.ts';

/** The maximum time to respond to a request while MongoDB doesn't respond, in milliseconds. */
const ANSWER_BUDGET_MS = 1_800;

/** Limits how long a caller waits for the database. Each operation has its own limit, but a call may need several operations. */
export function answerWithin<T>(operation: Promise<T>, budgetMs = ANSWER_BUDGET_MS): Promise<T> {
  return pTimeout(operation, { milliseconds: budgetMs, fallback: () => refuse(budgetMs) });
}

function refuse(budgetMs: number): never {
  throw new HttpProblem(503, `The database did not answer within ${budgetMs} ms; try again.`);
}
