/** The ways of running the demo, as the arguments of `npm run doctor`, with the command of each. */
export const WAYS = {
  start: 'npm start',
  compose: 'docker compose up --build --wait',
  cluster: 'tilt up',
} as const;

export type Way = keyof typeof WAYS;
