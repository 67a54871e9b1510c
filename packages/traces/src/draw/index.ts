export { duration, lengthOf } from './duration.ts';
export { rowsOf, type NoteRow, type Row, type RowOptions, type SpanRow, type TraceRow } from './rows.ts';
export { MIN_LENGTH_MS, placeIn, rangeOf, type TimeRange } from './scale.ts';
export { counted, printable, shortId } from './text.ts';
