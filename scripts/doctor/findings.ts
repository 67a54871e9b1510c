import { cgroup, privileges, profiles, volumes } from './cluster-checks.ts';
import { containers } from './container-checks.ts';
import { compose, disk, docker, memory } from './engine-checks.ts';
import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { reachable, tools } from './kubernetes-checks.ts';
import { node, ports, processor } from './machine-checks.ts';
import { silentParts, startPorts } from './start-checks.ts';
import type { Way } from './ways.ts';

/** To add a check, add its function here, and a row to the test. */
const CHECKS: Record<Way, ReadonlyArray<(facts: Facts) => Finding | Finding[] | undefined>> = {
  start: [node, processor, startPorts, silentParts],
  compose: [
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
  ],
  cluster: [node, docker, tools, reachable],
};

export function findingsOf(facts: Facts, way: Way = 'compose'): Finding[] {
  return CHECKS[way].flatMap((check) => check(facts) ?? []);
}
