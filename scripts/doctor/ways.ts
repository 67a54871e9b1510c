/** The ways of running the demo. The keys are the arguments of `npm run doctor`, the values the commands that start the demo. */
export const WAYS = {
  start: 'npm start',
  compose: 'docker compose up --build --wait',
  cluster: 'tilt up',
} as const;

export type Way = keyof typeof WAYS;
