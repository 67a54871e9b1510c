export { explainFinding } from './explain-finding.ts';
export type { CodePlace } from './explanations.ts';
export { journeyOf, type Crossing, type Edge, type Journey, type Stop } from './journey.ts';
export type { FoundCarrier, Run } from './run.ts';
export { STOPS, type StopName } from './stops.ts';
export { verdictOn, verdictText, type Verdict } from './verdict.ts';
