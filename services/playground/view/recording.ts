import type { CarrierView, RunSummary, RunUpdate } from './types.ts';

/** One run as the server sent it to a page, to be played back where there is no server. */
export interface Recording {
  summary: RunSummary;
  /** Every event of the run's stream, with its time since the click in milliseconds. */
  updates: Array<{ atMs: number; update: RunUpdate }>;
  /** What carried the context of the first order, at the end of the run. */
  carriers: CarrierView[];
}

/** The element of the page that holds the recordings. */
export const RECORDINGS_ID = 'recordings';
