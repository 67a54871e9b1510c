import { keyOf, type SpanShape } from '../tree/span.ts';
import { attemptOf } from './demo-attributes.ts';
import { printable, shortId } from './text.ts';

/** A note on a span, in a line of its own. */
export interface Note {
  tone: 'link' | 'error' | 'orphan' | 'pending';
  text: string;
  /** The target of a link. */
  to?: SpanShape['links'][number];
}

export interface NoteContext {
  /** Every span that links may point to, by `traceId/spanId`. */
  family: ReadonlyMap<string, SpanShape>;
  /** Whether no more spans are expected. Until then, a missing parent is assumed not to have ended yet. */
  isOver: boolean;
}

/** Returns notes on the missing parent of an orphan, on each link, and on the error of the span. */
export function notesOf(span: SpanShape, isOrphan: boolean, { family, isOver }: NoteContext): Note[] {
  const { links, status } = span;
  const error = status.code === 'ERROR' && status.message;
  return [
    ...(isOrphan ? [noteOfOrphan(span, { family, isOver })] : []),
    ...links.map((link): Note => ({
      tone: 'link',
      text: `links to ${linkTarget(link, span, family)}`,
      to: link,
    })),
    ...(error ? [{ tone: 'error' as const, text: printable(error) }] : []),
  ];
}

/** An orphan whose parent exists is an ancestor of its own parent. */
function noteOfOrphan({ traceId, parentSpanId = '' }: SpanShape, { family, isOver }: NoteContext): Note {
  if (family.has(keyOf({ traceId, spanId: parentSpanId })))
    return { tone: 'orphan', text: 'its parents form a circle' };
  return isOver
    ? { tone: 'orphan', text: `its parent ${shortId(parentSpanId)} is not in this trace` }
    : { tone: 'pending', text: 'its parent has not ended yet' };
}

function linkTarget(
  link: SpanShape['links'][number],
  from: SpanShape,
  family: ReadonlyMap<string, SpanShape>,
): string {
  const target = family.get(keyOf(link));
  if (!target) return `${shortId(link.traceId)}/${shortId(link.spanId)}, which is not here`;
  const attempt = attemptOf(target);
  const which = attempt === undefined ? '' : `, attempt ${attempt}`;
  const where = link.traceId === from.traceId ? '' : ` in trace ${shortId(link.traceId)}`;
  return `${printable(target.name)}${which}${where}`;
}
