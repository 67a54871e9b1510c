import { relative } from 'node:path';

import { withoutSecrets } from '@beyond-headers/service-kit/mongodb-uri';

import { LASTING } from '../../../services/services.ts';
import type { LocalSystem } from './local-system.ts';
import { servicePort, urlOf } from './ports.ts';

/** Returns what `npm start` prints when everything is ready. */
export function banner({ urls, ports, kubeconfig }: LocalSystem, startedInMs: number): string {
  const order =
    `curl -s ${urls.writer}/orders -H 'content-type: application/json' \\\n` +
    `    -d '{"customer":"ada","items":[{"sku":"lamp","quantity":1,"unitPriceCents":1999}],"report":true}'`;
  const rows = [
    ...Object.values(LASTING).map(({ name }) => [name, urlOf(servicePort(ports, name))]),
    ['traces', urls.traces],
    ['OTLP/HTTP', urls.otlp],
    ['Kubernetes API', urls.cluster],
    ['MongoDB', withoutSecrets(urls.mongodb)],
  ];
  return [
    '',
    `Beyond Headers runs (ready in ${(startedInMs / 1000).toFixed(1)} s).`,
    '',
    ...rows.map(([name, url]) => `  ${name?.padEnd(14)}  ${url}`),
    '',
    `Open ${urls.playground} and press Run: one click, one trace through five services.`,
    `The traces are at ${urls.traces}, each with its page. Each service describes its API at /docs, such as ${urls.writer}/docs`,
    '',
    'Or place an order that asks for a report, and get its traceId:',
    `  ${order}`,
    'See all of it, whole and broken, as pictures of traces (in another terminal):',
    '  npm run scenario',
    'Look at the Jobs:',
    `  kubectl --kubeconfig ${relative(process.cwd(), kubeconfig)} get job,pod`,
    '',
    'Stop: Ctrl-C. Start over with no orders: npm run reset',
    '',
  ].join('\n');
}
