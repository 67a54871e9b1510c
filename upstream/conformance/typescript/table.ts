import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..');

type Texts = Record<string, string>;

/** What a propagator reads and writes, in the format of ../cases.schema.json. */
export interface Outcome {
  reads: { traceId?: string; spanId?: string; flags?: string; tracestate?: string; baggage?: Texts };
  writes: Record<string, string | Texts>;
}

export interface Case {
  name: string;
  carrier: 'map' | 'environment';
  propagators: Array<'tracecontext' | 'baggage'>;
  input: { fields: Texts; addToTracestate?: [key: string, value: string]; setBaggage?: Texts };
  expected: Outcome[];
}

/** A known deviation of one version of an implementation from the expected outcome. */
export interface Difference {
  implementation: string;
  version: string;
  case: string;
  got: Outcome;
  why: string;
  source: string;
  issue?: string;
}

export const { cases } = load('cases.json') as { cases: Case[] };
export const { differences } = load('differences.json') as { differences: Difference[] };

function load(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
}
