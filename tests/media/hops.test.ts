import { test } from 'node:test';
import { runCarrierSuite } from '../conformance/propagation/carrier-suite.ts';
import { serverHops } from '../conformance/propagation/hops/all-hops.ts';
import { runW3cSuite } from '../conformance/propagation/w3c-suite.ts';
import { SERVERS } from '../support/servers.ts';

for (const { name, needs, open } of serverHops) {
  const missing = SERVERS[needs].missing();
  const skip = missing && `left out: it needs ${missing}`;

  test(`every input gives the expected result in ${name}`, { skip }, (t) => runCarrierSuite(t, name, open));

  test(`the suite of W3C holds over ${name}`, { skip }, (t) => runW3cSuite(t, name, open));
}
