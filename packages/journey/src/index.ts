export { explainFinding, type CodePlace } from './explanations.ts';
export { journeyOf, type Crossing, type Edge, type Journey, type Stop } from './journey.ts';
export {
  isJobOver,
  isOrderOver,
  type FoundCarrier,
  type JobStanding,
  type OrderStanding,
  type Run,
} from './run.ts';
export { standingOf } from './standing.ts';
export { STOPS } from './stops.ts';
export { verdictOn, verdictText, type Verdict } from './verdict.ts';
