import type { Contract } from './cluster-under-test.ts';

/** One thing that holds of every cluster, in plain words, and the proof of it. */
export interface ContractCase {
  name: string;
  run(contract: Contract): Promise<void>;
  /** For what the stand-in leaves out: a call that it refuses, and what its Status names. */
  leftOut?: { call(contract: Contract): Promise<unknown>; names: string };
}
