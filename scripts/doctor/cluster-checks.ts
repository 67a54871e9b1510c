import type { Engine, Facts } from './facts.ts';
import { clusterOf, engineOf, error, type Finding, hint, isOlder, LIGHT } from './finding.ts';

const FORGET = "docker compose --profile '*' down --volumes";

/** Checks that exactly one cluster is chosen, because the launcher has one kubeconfig. */
export function profiles({ settings: { profiles } }: Facts): Finding | undefined {
  const chosen = profiles.filter((name) => name === 'k3s' || name === 'light');
  if (chosen.length === 1) return undefined;
  const given = profiles.join() || 'nothing';
  const cause =
    chosen.length === 0 ? 'so there is no cluster for Jobs' : 'and two clusters get in the way of each other';
  return error(
    `COMPOSE_PROFILES is ${given}, ${cause}; expected k3s or light.`,
    `unset COMPOSE_PROFILES; docker compose up --build --wait takes k3s, and without k3s: ${LIGHT}`,
  );
}

export function privileges(facts: Facts): Finding | undefined {
  const engine = engineOf(facts);
  if (clusterOf(facts) !== 'k3s' || !engine) return undefined;
  if (engine.isRootless) {
    return error(
      "The Docker engine is rootless and can't give k3s the privileges that it needs.",
      `Run without k3s: ${LIGHT}`,
    );
  }
  return engine.remapsUsers
    ? error(
        'The Docker engine maps users (userns-remap) and refuses privileged containers, which k3s is.',
        `Run without k3s: ${LIGHT}`,
      )
    : undefined;
}

export function cgroup(facts: Facts): Finding | undefined {
  const engine = engineOf(facts);
  if (clusterOf(facts) !== 'k3s' || !engine) return undefined;
  const expected = expectedCgroup(engine);
  if (!expected || expected === facts.settings.k3sCgroup) return undefined;
  return hint(
    `On ${engine.system} others report that k3s does not start with cgroup ${facts.settings.k3sCgroup}.`,
    `K3S_CGROUP=${expected} docker compose up --build --wait, or run without k3s: ${LIGHT}`,
  );
}

/** Sources: NVIDIA/OpenShell#329 and testcontainers/testcontainers-go#3653. On other engines, either value works. */
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
        'A volume with orders from an earlier start exists, but its passwords are gone.',
        `Delete it and start over: ${FORGET}`,
      ),
    );
  }
  if (has('k3s-state') !== has('k3s-admin')) {
    findings.push(
      error("Some of k3s's volumes exist, and some are gone.", `Delete them and start over: ${FORGET}`),
    );
  }
  return findings;
}
