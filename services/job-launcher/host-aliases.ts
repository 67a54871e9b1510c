import { lookup } from 'node:dns/promises';
import type { V1HostAlias } from '@kubernetes/client-node';
import { HttpProblem } from '@beyond-headers/service-kit';
import pTimeout from 'p-timeout';

type Resolve = (name: string) => Promise<string>;

const RESOLVE_TIMEOUT_MS = 1_000;

/**
 * Resolves host names for pods that can't, because their cluster's DNS doesn't know the launcher's network. Called at
 * each launch, because addresses change when containers restart. Rejects with a 503 that names the host.
 * @param collectors the hosts that receive the pod's telemetry. Left out if they don't resolve: the work doesn't wait for telemetry.
 */
export async function resolveHostAliases(
  names: string[],
  collectors: readonly string[] = [],
  resolve: Resolve = resolveIpv4,
): Promise<V1HostAlias[]> {
  const addresses = await Promise.all(
    names.map((name) => {
      const address = resolveInTime(name, resolve);
      return collectors.includes(name) ? address.catch(() => undefined) : address;
    }),
  );
  return [...new Set(addresses)].flatMap((ip) =>
    ip === undefined ? [] : { ip, hostnames: names.filter((_name, index) => addresses[index] === ip) },
  );
}

async function resolveInTime(name: string, resolve: Resolve): Promise<string> {
  try {
    return await pTimeout(resolve(name), { milliseconds: RESOLVE_TIMEOUT_MS });
  } catch (cause) {
    throw new HttpProblem(
      503,
      `Failed to resolve ${name} of JOB_HOST_ALIASES for the job's pod. Expected a name that resolves here.`,
      { cause },
    );
  }
}

async function resolveIpv4(name: string): Promise<string> {
  const { address } = await lookup(name, { family: 4 });
  return address;
}
