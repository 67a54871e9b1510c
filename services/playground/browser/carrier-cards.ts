import { headersFrom, partiesOf, piecesOf, podFrom } from '../view/carriers.ts';
import { printable } from '../view/format.ts';
import { serviceClass, serviceLetter } from '../view/services.ts';
import type { CarrierView, SpanView } from '../view/types.ts';
import { h } from './dom.ts';

const TITLES: Record<CarrierView['id'], string> = {
  document: 'The document',
  job: 'The Job',
  pod: "The pod's environment",
  http: 'The HTTP headers',
};
const EMPTY: Record<CarrierView['id'], string> = {
  document: 'No context field: the document carries nothing.',
  job: 'No carrier variable: the environment carries nothing.',
  pod: 'No carrier variable was found.',
  http: 'No header seen yet.',
};

/** What carried the context, as it was stored, created, got and sent, with trace id and parent span id marked. */
export function carrierCards(fetched: readonly CarrierView[], spans: readonly SpanView[]): HTMLElement[] {
  return [...fetched, podFrom(spans), headersFrom(spans)].map((carrier) => card(carrier, spans));
}

function card(carrier: CarrierView, spans: readonly SpanView[]): HTMLElement {
  const isCarrying = carrier.rows.some(({ carries }) => carries);
  return h(
    'section',
    {
      class: 'card',
      'data-carrier': carrier.id,
      'data-carries': carrier.isKnown ? (isCarrying ? 'yes' : 'no') : 'unknown',
    },
    h('h3', {}, TITLES[carrier.id]),
    parties(carrier.id, spans),
    h('dl', {}, ...carrier.rows.flatMap((row) => rowView(row, spans))),
    carrier.isKnown && !isCarrying && h('p', { class: 'carries-nothing' }, EMPTY[carrier.id]),
    h('p', { class: 'source' }, carrier.source),
  );
}

function rowView(
  { name, value, carries }: CarrierView['rows'][number],
  spans: readonly SpanView[],
): HTMLElement[] {
  const pieces = piecesOf(value, spans).map(({ text, mark, title }) =>
    mark ? h('mark', { class: mark, title }, text) : text,
  );
  const tone = carries ? 'carries' : 'other';
  return [h('dt', { class: tone }, printable(name)), h('dd', { class: tone }, ...pieces)];
}

function parties(id: CarrierView['id'], spans: readonly SpanView[]): HTMLElement | undefined {
  if (id === 'http') return undefined;
  const { writer, reader } = partiesOf(id, spans);
  return h(
    'p',
    { class: 'parties' },
    'written by ',
    writer ? party(writer) : '–',
    h('br'),
    'read by ',
    reader ? party(reader) : 'nobody yet',
  );
}

function party(span: SpanView): HTMLElement {
  return h(
    'span',
    { class: `party ${serviceClass(span.service)}` },
    h('span', { class: 'badge', 'aria-hidden': 'true' }, serviceLetter(span.service)),
    ` ${printable(span.name)} `,
    h('code', {}, span.spanId),
  );
}
