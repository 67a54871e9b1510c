import type { PlaceOrder } from '@beyond-headers/contracts';

/** A drawing in the README or in `docs/explanation`, with the request that results in it. */
export interface Waterfall {
  /** The name in the first line of the block on the page: ```text waterfall="…" */
  name: string;
  demo?: PlaceOrder['demo'];
  report?: boolean;
  headers?: Record<string, string>;
  /** `EDGE_POLICY` of the writer that gets the request. Default: `continue`. */
  edgePolicy?: 'link';
  /** Labels of spans to omit. Their children move up. */
  without?: string[];
}

const CALLER = '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331';

/** Omitted from the first drawings, which show only the spans that carry the context. */
const DETAILS = [
  'poller CLIENT update orders',
  'poller CLIENT settle orders',
  'report-job CLIENT *',
  'job-launcher INTERNAL *',
];

/** To add a waterfall, add a row here, and a block with one line to a page. Then run `main.ts` in this folder to draw it. */
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
