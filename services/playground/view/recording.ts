import type { CarrierView, RunSummary, RunUpdate } from './types.ts';

/** A run as the server sent it to a page, which can be played back without a server. */
export interface Recording {
  summary: RunSummary;
  /** Every event of the run's stream, with its time since the click in milliseconds. */
  updates: Array<{ atMs: number; update: RunUpdate }>;
  /** What carried the context of the first order, at the end of the run. */
  carriers: CarrierView[];
}

/** The id of the element that holds the recordings. */
export const RECORDINGS_ID = 'recordings';
