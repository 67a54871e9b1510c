import type { LaunchReport } from '@beyond-headers/contracts';
import { TRACE_SHAPES, type TraceShape } from '@beyond-headers/propagation';
import { fulfilOrder } from '../fulfil-order.ts';
import type { FinishJoin } from '../parts/join-parts.ts';
import type { ClaimedOrder } from '../queue/order-queue.ts';
import type { PollerOptions } from '../worker.ts';
import { withFaults } from './faults.ts';

/** Returns the options that `DEMO_CONTROLS=on` replaces: they apply an order's demo switches, and pass them on to the launcher. */
export function pollerDemo(jobLauncherUrl: string): Pick<PollerOptions, 'handle' | 'shapeOf' | 'finishJoin'> {
  return { handle: withFaults(fulfilOrder(jobLauncherUrl, requestWithSwitches)), shapeOf, finishJoin };
}

function requestWithSwitches({ _id, demo }: ClaimedOrder): LaunchReport {
  // The launcher refuses switches that it doesn't know, such as `join`.
  const ofJob = demo && Object.fromEntries(Object.entries(demo).filter(([name]) => name !== 'join'));
  return { orderId: _id, ...(ofJob && { demo: ofJob }) };
}

/** With `join: part`, replaces the context in which the order stopped with that of its last part. */
const finishJoin: FinishJoin = ({ demo }, lastPart) =>
  demo?.join === 'part' && lastPart ? { 'pause.context': { $literal: lastPart } } : {};

/** A document may contain any value here, and an attempt must start regardless. */
export function shapeOf({ demo }: ClaimedOrder): TraceShape | undefined {
  return TRACE_SHAPES.find((shape) => shape === demo?.shape);
}
