import type { PlacedOrder, PlaceOrder } from '@beyond-headers/contracts';
import { changedSwitches, type RunSettings } from '../view/settings.ts';
import { RUN_EVERY_S } from '../view/switches.ts';
import { exportClickSpan } from './click-span.ts';
import { postJson } from './http.ts';
import type { NewRun } from './new-run.ts';

export interface StartRunOptions {
  writerUrl: string;
  otlpUrl: string;
  /** Called if the click's span could not be exported. The run continues. */
  onExportFailure: (error: unknown) => void;
}

/**
 * Places the orders of a run with the page's own `traceparent`, because the playground's server is not part of the trace.
 * Resolves with the ids of the orders. Rejects if the writer accepts none of them.
 */
export async function startRun(run: NewRun, options: StartRunOptions): Promise<string[]> {
  const { traceparent, settings } = run;
  const body = toOrder(settings);
  const place = () => postJson<PlacedOrder>('writer', `${options.writerUrl}/orders`, body, { traceparent });
  const results = await Promise.allSettled(Array.from({ length: settings.orders }, place));
  const failure = results.find((result) => result.status === 'rejected');
  const click = { ...run, endedAtMs: Date.now(), ...(failure && { error: String(failure.reason) }) };
  await exportClickSpan(options.otlpUrl, click).catch(options.onExportFailure);
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
    // A test compares the names and values with the contract.
    demo: Object.fromEntries(demo.map(([name, , value]) => [name, value])),
  };
}

/** Returns the settings that make the work wait or repeat. Empty for an order without any of them. */
function stepsOf({ approval, parts, startsIn, runs }: RunSettings): Partial<PlaceOrder> {
  return {
    ...(approval > 0 && { approval }),
    ...(parts > 0 && { parts }),
    ...(startsIn > 0 && { availableAt: new Date(Date.now() + startsIn * 1_000).toISOString() }),
    ...(runs > 1 && { every: { seconds: RUN_EVERY_S, times: runs } }),
  };
}
