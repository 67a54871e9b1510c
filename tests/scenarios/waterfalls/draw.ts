import type { OrderView, ReportStatus } from '@beyond-headers/contracts';
import { fetchTrace, renderWaterfall, withoutSpans } from '@beyond-headers/traces';
import { untraced } from '@beyond-headers/service-kit/untraced';
import { until } from '../../support/until.ts';
import { placeOrder, untilFulfilled } from '../../support/writer.ts';
import { assertScenarios } from '../assert-scenarios.ts';
import type { SystemUrls } from '../run-scenario.ts';
import type { Waterfall } from './waterfalls.ts';

interface Urls extends SystemUrls {
  jobLauncher: string;
  /** A second writer, with the edge policy `link`. */
  linkingEndpoint: string;
}

const DEADLINE_MS = 30_000;

/**
 * Sends the requests of waterfalls. For each one, draws all traces that touched its order.
 *
 * Sends the requests one after the other, and after a warm-up, so that the drawn times are those of an idle system.
 * Each process exports its spans in the order in which they end. So once a last request through all processes has a complete trace,
 * the spans of all earlier requests have arrived.
 */
export async function drawWaterfalls(waterfalls: Waterfall[], urls: Urls): Promise<Map<string, string>> {
  await assertScenarios(urls, ['joined']);
  const orders: Array<[Waterfall, OrderView]> = [];
  for (const waterfall of waterfalls) orders.push([waterfall, await fulfilled(waterfall, urls)]);
  await assertScenarios(urls, ['joined']);
  await assertScenarios({ ...urls, writer: urls.linkingEndpoint }, ['no report']);
  const drawings = orders.map(async ([{ name, without = [] }, { traceIds }]) => {
    const traces = await Promise.all(traceIds.map((traceId) => fetchTrace(urls.traces, traceId)));
    const drawn = traces.map((spans) => withoutSpans(spans, without));
    return [name, renderWaterfall(drawn, { width: 100 })] as const;
  });
  return new Map(await Promise.all(drawings));
}

/** Returns a drawing as pages show it, because they explain the signs elsewhere. */
export const withoutLegend = (drawing: string): string =>
  `${drawing.replace(/\n\n█ work.*$/s, '').trimEnd()}\n`;

async function fulfilled(waterfall: Waterfall, urls: Urls): Promise<OrderView> {
  const { demo, report = false, headers = {}, edgePolicy } = waterfall;
  const writer = edgePolicy === 'link' ? urls.linkingEndpoint : urls.writer;
  const { orderId } = await placeOrder(writer, { report, ...(demo && { demo }) }, headers);
  if (report) await succeeded(`${urls.jobLauncher}/reports/report-${orderId}`);
  return untilFulfilled(urls.writer, orderId);
}

async function succeeded(reportUrl: string): Promise<void> {
  await until(
    async () => {
      const response = await fetch(reportUrl, { headers: untraced() });
      return (await response.json()) as Partial<ReportStatus>;
    },
    ({ phase }) => phase === 'succeeded',
    { deadlineMs: DEADLINE_MS, what: reportUrl },
  );
}
