import type { LaunchReport } from '@beyond-headers/contracts';
import { TRACE_SHAPES, type TraceShape } from '@beyond-headers/propagation';
import { fulfilOrder } from '../fulfil-order.ts';
import type { FinishJoin } from '../parts/join-parts.ts';
import type { ClaimedOrder } from '../queue/order-queue.ts';
import type { PollerOptions } from '../worker.ts';
import { withFaults } from './faults.ts';

/** What `DEMO_CONTROLS=on` puts in the place of the poller's own: the switches of an order are obeyed and passed on. */
export function pollerDemo(jobLauncherUrl: string): Pick<PollerOptions, 'handle' | 'shapeOf' | 'finishJoin'> {
  return { handle: withFaults(fulfilOrder(jobLauncherUrl, requestWithSwitches)), shapeOf, finishJoin };
}

function requestWithSwitches({ _id, demo }: ClaimedOrder): LaunchReport {
  // The launcher refuses a switch that it does not know.
  const ofJob = demo && Object.fromEntries(Object.entries(demo).filter(([name]) => name !== 'join'));
  return { orderId: _id, ...(ofJob && { demo: ofJob }) };
}

/** The order loses where it stopped, and gets the context of a part in the place of that. */
const finishJoin: FinishJoin = ({ demo }, lastPart) =>
  demo?.join === 'part' && lastPart ? { 'pause.context': { $literal: lastPart } } : {};

/** A document may hold anything here, and an attempt has to start whatever it is. */
export function shapeOf({ demo }: ClaimedOrder): TraceShape | undefined {
  return TRACE_SHAPES.find((shape) => shape === demo?.shape);
}
