import { keyOf, type SpanShape } from '../tree/span.ts';
import { attemptOf } from './demo-attributes.ts';
import { printable, shortId } from './text.ts';

/** What is said of a span in a line of its own. */
export interface Note {
  tone: 'link' | 'error' | 'orphan' | 'pending';
  text: string;
  /** What a link names. */
  to?: SpanShape['links'][number];
}

export interface NoteContext {
  /** Every span that links may point to, by `traceId/spanId`. */
  family: ReadonlyMap<string, SpanShape>;
  /** Whether nothing more is expected; until then a parent that is not there is one that has not ended. */
  isOver: boolean;
}

/** Where the parent is missing, what the span links to, and why it failed. */
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

/** A parent that is there makes no orphan, unless the span is above its own parent. */
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
