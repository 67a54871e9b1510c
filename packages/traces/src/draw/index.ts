export { precisionOf } from './demo-attributes.ts';
export { duration, lengthOf } from './duration.ts';
export { rowsOf, type NoteRow, type Row, type RowOptions, type SpanRow, type TraceRow } from './rows.ts';
export { placeIn, rangeOf, type TimeRange } from './scale.ts';
export { counted, printable, shortId } from './text.ts';
export { pan, ticks, zoom } from './zoom.ts';
export { linkLines, type LinkLine } from './link-lines.ts';
