import type { Express, Request } from 'express';
import { servicesOf } from '../query/catalogue.ts';
import { Parameters } from '../query/parameters.ts';
import type { LogStore } from '../store/log-store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { familyOf } from './family.ts';
import { listPage } from './list-page.ts';
import { sendPage, sendStyles, sendText, STYLE_URL, wantsHtml } from './shell.ts';
import { listText, traceText } from './text.ts';
import { listTraces, type ListSearch } from './trace-list.ts';
import { noTracePage, noTraceText, tracePage } from './trace-page.ts';

/** Adds the pages for people, at the paths of Jaeger's UI: HTML for browsers, plain text for other clients. */
export function addPages(app: Express, store: TraceStore, logs: LogStore): void {
  app.get(STYLE_URL, (_request, response) => sendStyles(response));
  app.get('/trace/:traceId', (request, response) => {
    const { traceId: id } = request.params;
    const family = familyOf(store, id);
    if (!family) {
      if (wantsHtml(request)) sendPage(response, 404, 'No such trace', noTracePage(id));
      else sendText(response, 404, `${noTraceText(id)} The last ones are listed at /\n`);
    } else if (wantsHtml(request)) {
      const traceIds = new Set(family.spans.map(({ traceId }) => traceId));
      const lines = [...traceIds].flatMap((traceId) => logs.of(traceId));
      sendPage(response, 200, `Trace ${family.trace.traceId.slice(0, 8)}`, tracePage(family, lines));
    } else sendText(response, 200, traceText(family));
  });
  app.get('/', (request, response) => {
    const list = listTraces(store, readSearch(request));
    const status = list.problem === undefined ? 200 : 400;
    if (wantsHtml(request)) sendPage(response, status, 'Traces', listPage(list, servicesOf(store)));
    else sendText(response, status, listText(list, addressOf(request)));
  });
}

function readSearch(request: Request): ListSearch {
  const parameters = new Parameters(request);
  const text = (name: string) => parameters.text(name).trim();
  return { service: text('service'), name: text('name'), min: text('min'), errors: text('errors') === 'on' };
}

const addressOf = ({ protocol, headers }: Request): string => `${protocol}://${headers.host ?? 'localhost'}`;
