import { relative } from 'node:path';

import { withoutSecrets } from '@beyond-headers/service-kit/mongodb-uri';

import type { LocalSystem } from './local-system.ts';
import { PORTS } from './ports.ts';

/** What `npm start` prints once everything is ready. */
export function banner(system: LocalSystem, startedInMs: number): string {
  const { urls, kubeconfig } = system;
  const order =
    `curl -s ${urls.writer}/orders -H 'content-type: application/json' \\\n` +
    `    -d '{"customer":"ada","items":[{"sku":"lamp","quantity":1,"unitPriceCents":1999}],"report":true}'`;
  const rows = [
    ['playground', urls.playground],
    ['writer', urls.writer],
    ['poller', urls.poller],
    ['job-launcher', urls.jobLauncher],
    ['traces', `${urls.traces}/api/v3/traces/<traceId>`],
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
    'Place an order that asks for a report, and get its traceId:',
    `  ${order}`,
    'See all of it, whole and broken, as pictures of traces (in another terminal):',
    `  ${scenarioCommand(system)}`,
    'Look at the Jobs:',
    `  kubectl --kubeconfig ${relative(process.cwd(), kubeconfig)} get job,pod`,
    '',
    'Stop: Ctrl-C. Start over with no orders: npm run reset',
    '',
  ].join('\n');
}

// The scenario looks at the usual ports by itself.
function scenarioCommand({ ports, urls }: LocalSystem): string {
  const isUsual = ports.writer === PORTS.writer.fallback && ports.traces === PORTS.traces.fallback;
  return isUsual
    ? 'npm run scenario'
    : `WRITER_URL=${urls.writer} TRACES_URL=${urls.traces} npm run scenario`;
}
