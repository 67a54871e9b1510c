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

const TITLES: Record<CarrierView['id'], string> = {
  document: 'The document',
  job: 'The Job',
  pod: "The pod's environment",
  http: 'The HTTP headers',
};
const NOTHING: Record<CarrierView['id'], string> = {
  document: 'No context field: the document carries nothing.',
  job: 'No carrier variable: the environment carries nothing.',
  pod: 'No carrier variable was found.',
  http: 'No header seen yet.',
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
  return h(
    'section',
    { class: 'card', 'data-carrier': carrier.id, 'data-finding': finding },
    h('h3', {}, TITLES[carrier.id]),
    carrier.id !== 'http' && parties(writer, reader, open),
    h('dl', {}, ...carrier.rows.flatMap((row) => rowView(row, spans, writer))),
    findingView(carrier, finding, namedBy(carrier, spans), open),
    h('p', { class: 'source' }, carrier.source),
  );
}

function findingView(
  { id }: CarrierView,
  finding: Finding,
  named: SpanView | undefined,
  open: OpenSpan,
): HTMLElement | undefined {
  const text = finding === 'nothing' ? NOTHING[id] : WRONG[finding];
  if (text === undefined) return undefined;
  const isOfAnother = named !== undefined && finding !== 'nothing';
  return h(
    'p',
    { class: 'finding' },
    text,
    isOfAnother && ' It names ',
    isOfAnother && party(named, open),
    isOfAnother && '.',
  );
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
