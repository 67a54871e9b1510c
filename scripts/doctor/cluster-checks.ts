import type { Engine, Facts } from './facts.ts';
import { clusterOf, engineOf, error, type Finding, hint, LIGHT } from './finding.ts';
import { isOlder } from './version.ts';

const FORGET = "docker compose --profile '*' down --volumes";

export function rootless(facts: Facts): Finding[] {
  if (clusterOf(facts) !== 'k3s' || !engineOf(facts)?.isRootless) return [];
  return [
    error(
      "The Docker engine is rootless and can't give k3s the privileges that it needs.",
      `Without k3s: ${LIGHT}`,
    ),
  ];
}

export function cgroup(facts: Facts): Finding[] {
  const engine = engineOf(facts);
  if (clusterOf(facts) !== 'k3s' || !engine) return [];
  const expected = expectedCgroup(engine);
  if (!expected || expected === facts.settings.k3sCgroup) return [];
  return [
    hint(
      `On ${engine.system} k3s was seen not to start with cgroup ${facts.settings.k3sCgroup}.`,
      `K3S_CGROUP=${expected} docker compose up --build --wait, or without k3s: ${LIGHT}`,
    ),
  ];
}

/** Sources: NVIDIA/OpenShell#329 and testcontainers/testcontainers-go#3653; elsewhere either works. */
function expectedCgroup({ system, version, cgroupVersion }: Engine): string | undefined {
  if (/OrbStack/i.test(system)) return 'private';
  const isDesktop29 = /Docker Desktop/i.test(system) && !isOlder(version, '29.0.0');
  return isDesktop29 && cgroupVersion === '2' ? 'host' : undefined;
}

export function volumes({ volumes }: Facts): Finding[] {
  const has = (name: string) => volumes.some((volume) => volume.endsWith(`_${name}`));
  const findings: Finding[] = [];
  if (has('mongo-data') && !has('mongo-root')) {
    findings.push(
      error(
        'A volume with orders is left of an earlier start, but the passwords to it are gone.',
        `Start over without it: ${FORGET}`,
      ),
    );
  }
  if (has('k3s-state') !== has('k3s-admin')) {
    findings.push(
      error("Of k3s's volumes some are left and some are gone.", `Start over without them: ${FORGET}`),
    );
  }
  return findings;
}
