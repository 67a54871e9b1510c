import { claim, findLostClaims } from './queue/claim.ts';
import type { Claim } from './queue/order-queue.ts';
import type { Worker } from './work.ts';

/** Claims up to `count` orders; while what some of them need is away, one of those that finds out whether it is back, or others. */
export async function claimWhatMayRun({ queue, handle, circuit }: Worker, count: number): Promise<Claim> {
  const lost = await findLostClaims(queue);
  if (isSome(lost)) return lost;
  if (!circuit.isOpen) return claim(queue, count);
  const { dependents = {} } = handle;
  if (circuit.wantsProbe) {
    const probe = await claim(queue, 1, dependents);
    if (probe.claimed[0]) circuit.probeWith(probe.claimed[0]._id);
    if (isSome(probe)) return probe;
  }
  return claim(queue, count, { $nor: [dependents] });
}

const isSome = ({ claimed, givenUp }: Claim): boolean => claimed.length + givenUp.length > 0;
