import type { PlacedOrder, PlaceOrder } from '@beyond-headers/contracts';
import { changedSwitches, type RunSettings } from '../view/settings.ts';
import { RUN_EVERY_S } from '../view/switches.ts';
import { exportClickSpan } from './click-span.ts';
import { postJson } from './http.ts';
import type { NewRun } from './new-run.ts';

export interface StartRunOptions {
  writerUrl: string;
  otlpUrl: string;
  /** Called when the click's span could not be exported; the run goes on. */
  onExportFailure: (error: unknown) => void;
}

/**
 * Places the orders of a run with the header that the page made, untouched: the playground's server is not part of the
 * trace. Resolves with the orders' ids; rejects when the writer takes none.
 */
export async function startRun({ traceparent, clickedAtMs, settings }: NewRun, options: StartRunOptions) {
  const body = toOrder(settings);
  const place = () => postJson<PlacedOrder>('writer', `${options.writerUrl}/orders`, body, { traceparent });
  const results = await Promise.allSettled(Array.from({ length: settings.orders }, place));
  const failure = results.find((result) => result.status === 'rejected');
  const click = { traceparent, clickedAtMs, settings, endedAtMs: Date.now() };
  await exportClickSpan(options.otlpUrl, {
    ...click,
    ...(failure && { error: String(failure.reason) }),
  }).catch(options.onExportFailure);
  const orderIds = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.orderId] : []));
  if (failure && orderIds.length === 0) throw failure.reason;
  return orderIds;
}

function toOrder(settings: RunSettings): PlaceOrder {
  const demo = changedSwitches(settings).filter(([, { isDemo }]) => isDemo);
  return {
    customer: settings.customer,
    items: [
      { sku: 'difference-engine', quantity: 1, unitPriceCents: 1_999 },
      { sku: 'punched-card', quantity: 24, unitPriceCents: 5 },
    ],
    report: settings.report,
    ...stepsOf(settings),
    // The names and values are the contract's, which a test sees to.
    demo: Object.fromEntries(demo.map(([name, , value]) => [name, value])),
  };
}

/** Where the work stops on its way; nothing for an order that is done in one go. */
function stepsOf({ approval, parts, startsIn, runs }: RunSettings): Partial<PlaceOrder> {
  return {
    ...(approval > 0 && { approval }),
    ...(parts > 0 && { parts }),
    ...(startsIn > 0 && { availableAt: new Date(Date.now() + startsIn * 1_000).toISOString() }),
    ...(runs > 1 && { every: { seconds: RUN_EVERY_S, times: runs } }),
  };
}
