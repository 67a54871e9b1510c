import { test } from 'node:test';
import { runCarrierSuite } from './carrier-suite.ts';
import { hops } from './hops/all-hops.ts';

/** The benchmark of `npm test` pairs tests with those of an earlier build by their names, which have this spelling. */
const KNOWN_AS = 'http';

for (const { name, open } of hops)
  test(`every input gives the expected result in ${name}`, (t) =>
    runCarrierSuite(t, name === 'HTTP' ? KNOWN_AS : name, open));
