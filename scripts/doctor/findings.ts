import { cgroup, privileges, profiles, volumes } from './cluster-checks.ts';
import { containers } from './container-checks.ts';
import { compose, disk, docker, memory } from './engine-checks.ts';
import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { node, ports, processor } from './machine-checks.ts';

/** To add a check, add a function, a row here and a row in the test. */
const CHECKS = [
  node,
  docker,
  compose,
  memory,
  disk,
  ports,
  processor,
  profiles,
  privileges,
  cgroup,
  volumes,
  containers,
];

export function findingsOf(facts: Facts): Finding[] {
  return CHECKS.flatMap((check) => check(facts));
}
