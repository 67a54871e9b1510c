import type { Contract } from './cluster-under-test.ts';

/** A behavior of every cluster: a sentence that describes it, and a test. */
export interface ContractCase {
  name: string;
  run(contract: Contract): Promise<void>;
  /** For a behavior that the stand-in leaves out: a call that it refuses, and a text that its message contains. */
  leftOut?: { call(contract: Contract): Promise<unknown>; names: string };
}
