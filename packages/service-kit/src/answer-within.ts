import pTimeout from 'p-timeout';
import { HttpProblem } from './http-problem.ts';

/** From the request to its answer while MongoDB does not respond, in milliseconds. */
const ANSWER_BUDGET_MS = 1_800;

/** Bounds how long a caller waits for the database, whose operations each have a bound of their own: a call may need several. */
export function answerWithin<T>(operation: Promise<T>, budgetMs = ANSWER_BUDGET_MS): Promise<T> {
  return pTimeout(operation, { milliseconds: budgetMs, fallback: () => refuse(budgetMs) });
}

function refuse(budgetMs: number): never {
  throw new HttpProblem(503, `The database did not answer within ${budgetMs} ms; try again.`);
}
