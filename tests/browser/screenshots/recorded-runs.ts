import type { RunSettings } from '../../../services/playground/view/settings.ts';

/** The runs of the recorded page, each as its changes from the default settings. To add one, add a row. */
export const RECORDED_RUNS: ReadonlyArray<Partial<RunSettings>> = [
  {},
  { document: 'off' },
  { job: 'off' },
  { document: 'off', job: 'off' },
  { document: 'stale' },
  { document: 'early' },
  { document: 'text' },
  { job: 'stale' },
  { job: 'twice' },
  { job: 'early' },
  { job: 'lowercase' },
  { shape: 'link' },
  { shape: 'parent+link' },
  { report: false },
  { failTimes: 1 },
  { failTimes: 5 },
  { handlerMs: 500 },
  { handlerMs: 2_000 },
  { jobFault: 'crash' },
  { jobFault: 'oom' },
  { orders: 2 },
  { orders: 5 },
];
