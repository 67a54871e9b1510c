import {
  findingOf,
  headersFrom,
  namedBy,
  partiesOf,
  piecesOf,
  podFrom,
  spansOfOrder,
  type Finding,
} from '../view/carriers.ts';
import { printable } from '@beyond-headers/traces/draw';
import { serviceClass } from '../view/services.ts';
import type { CarrierRow, CarrierView, SpanView } from '../view/types.ts';
import { badge } from './badge.ts';
import { h } from './dom.ts';

/** The title of each carrier, and what it says if it carries nothing. */
const TEXTS: Record<CarrierView['id'], readonly [title: string, nothing: string]> = {
  document: ['The document', 'No context field: the document carries nothing.'],
  job: ['The Job', 'No carrier variable: the environment carries nothing.'],
  pod: ["The pod's environment", 'No carrier variable was found.'],
  http: ['The HTTP headers', 'No header seen yet.'],
};
const WRONG: Partial<Record<Finding, string>> = {
  unread: 'A context is here, and no reader finds it.',
  foreign: 'The context of another trace.',
  astray: 'The right trace, and not the span that wrote it.',
};

export type OpenSpan = (span: SpanView) => void;

/**
 * Renders the carriers of an order: the stored document, the created Job, the pod's environment, and the HTTP headers. Trace ids
 * and parent span ids are marked.
 */
export function carrierCards(
  fetched: readonly CarrierView[],
  spans: readonly SpanView[],
  orderId: string | undefined,
  open: OpenSpan,
): HTMLElement[] {
  const own = spansOfOrder(spans, orderId);
  return [...fetched, podFrom(own), headersFrom(own)].map((carrier) => card(carrier, own, open));
}

function card(carrier: CarrierView, spans: readonly SpanView[], open: OpenSpan): HTMLElement {
  const { writer, reader } = partiesOf(carrier.id, spans);
  const finding = findingOf(carrier, writer);
  const [title, nothing] = TEXTS[carrier.id];
  const text = finding === 'nothing' ? nothing : WRONG[finding];
  return h(
    'section',
    { class: 'card', 'data-carrier': carrier.id, 'data-finding': finding },
    h('h3', {}, title),
    carrier.id !== 'http' && parties(writer, reader, open),
    h('dl', {}, ...carrier.rows.flatMap((row) => rowView(row, spans, writer))),
    text !== undefined && findingView(text, namedBy(carrier, spans), open),
    h('p', { class: 'source' }, carrier.source),
  );
}

function findingView(text: string, named: SpanView | undefined, open: OpenSpan): HTMLElement {
  return h('p', { class: 'finding' }, text, ...(named ? [' It names ', party(named, open), '.'] : []));
}

function rowView(
  { name, value, role }: CarrierRow,
  spans: readonly SpanView[],
  writer: SpanView | undefined,
): HTMLElement[] {
  const pieces = piecesOf(value, spans, writer).map(({ text, mark, title, isWrong }) =>
    mark ? h('mark', { class: isWrong ? `${mark} wrong` : mark, title }, text) : text,
  );
  const title = role === 'other' ? value : undefined;
  return [h('dt', { class: role }, printable(name)), h('dd', { class: role, title }, ...pieces)];
}

function parties(writer: SpanView | undefined, reader: SpanView | undefined, open: OpenSpan): HTMLElement {
  return h(
    'p',
    { class: 'parties' },
    h('span', {}, 'written by ', writer ? party(writer, open) : '–'),
    h('span', {}, 'read by ', reader ? party(reader, open) : 'no one yet'),
  );
}

function party(span: SpanView, open: OpenSpan): HTMLElement {
  return h(
    'button',
    { type: 'button', class: `party ${serviceClass(span.service)}`, click: () => open(span) },
    badge(span.service),
    h('span', { class: 'hidden' }, printable(span.service)),
    ` ${printable(span.name)} `,
    h('code', {}, span.spanId),
  );
}
