import type { PlaceOrder } from '@beyond-headers/contracts';

/** A drawing in the README or in `docs/explanation`: the request that gives it, and where it is sent. */
export interface Waterfall {
  /** As in the page, in the first line of the block: ```text waterfall="…" */
  name: string;
  demo?: PlaceOrder['demo'];
  report?: boolean;
  headers?: Record<string, string>;
  /** `EDGE_POLICY` of the writer that takes the order. Default: `continue`. */
  edgePolicy?: 'link';
  /** Labels of spans that it does without; what hangs under them moves up. */
  without?: string[];
}

const CALLER = '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331';

/** On the first screen: what carries the context, without what is done beside. */
const DETAILS = [
  'poller CLIENT update orders',
  'poller CLIENT settle orders',
  'report-job CLIENT *',
  'job-launcher INTERNAL *',
];

/** To add a waterfall, add a row, and a block with a line in it to a page; `main.ts` beside this file draws it. */
export const WATERFALLS: Waterfall[] = [
  { name: 'one trace', report: true, without: DETAILS },
  { name: 'two traces', report: true, demo: { document: 'off' }, without: DETAILS },
  { name: 'carried' },
  { name: 'not carried', demo: { document: 'off' } },
  { name: 'job carried', report: true, demo: { document: 'off' } },
  { name: 'link', demo: { shape: 'link' } },
  { name: 'parent and link', demo: { shape: 'parent+link' } },
  { name: 'retries', demo: { failTimes: 2 } },
  { name: 'not sampled, linked', demo: { shape: 'link' }, headers: { traceparent: `00-${CALLER}-00` } },
  { name: 'linked endpoint', edgePolicy: 'link', headers: { traceparent: `00-${CALLER}-01` } },
];
