import { test } from 'node:test';
import { runCarrierSuite } from './carrier-suite.ts';
import { hops } from './hops/all-hops.ts';

for (const { name, open } of hops)
  test(`every input gives the expected result in ${name}`, (t) => runCarrierSuite(t, open));
