import { orderMs } from './rough.ts';
import type { SpanView } from './types.ts';

export interface SpanNode {
  span: SpanView;
  /** By start time. */
  children: SpanNode[];
  /** Names a parent that is not there. */
  isOrphan: boolean;
}

export interface TraceTree {
  traceId: string;
  /** Roots, then orphans, each by start time. */
  tops: SpanNode[];
  spans: SpanView[];
}

/** The traces of a run in the order given, then those that only spans know; a trace without spans is left out. */
export function buildTraces(spans: readonly SpanView[], order: readonly string[] = []): TraceTree[] {
  const byTrace = Map.groupBy(spans.toSorted(byStart), (span) => span.traceId);
  const traceIds = new Set([...order.filter((traceId) => byTrace.has(traceId)), ...byTrace.keys()]);
  return [...traceIds].map((traceId) => buildTrace(traceId, byTrace.get(traceId) ?? []));
}

function buildTrace(traceId: string, spans: SpanView[]): TraceTree {
  const nodes = spans.map((span): SpanNode => ({ span, children: [], isOrphan: false }));
  const byId = new Map(nodes.map((node) => [node.span.spanId, node]));
  const tops: SpanNode[] = [];
  for (const node of nodes) {
    const parent = byId.get(node.span.parentSpanId ?? '');
    if (parent && !isUnder(parent, node, byId)) parent.children.push(node);
    else tops.push(node);
    node.isOrphan = node.span.parentSpanId !== undefined && tops.at(-1) === node;
  }
  return { traceId, tops: tops.toSorted((a, b) => Number(a.isOrphan) - Number(b.isOrphan)), spans };
}

/** Bounded by the ids seen: spans may name each other as parents. */
function isUnder(node: SpanNode, ancestor: SpanNode, byId: Map<string, SpanNode>): boolean {
  const seen = new Set<SpanNode>();
  for (let at: SpanNode | undefined = node; at && !seen.has(at); at = byId.get(at.span.parentSpanId ?? '')) {
    if (at === ancestor) return true;
    seen.add(at);
  }
  return false;
}

function byStart(a: SpanView, b: SpanView): number {
  return orderMs(a) - orderMs(b) || (a.spanId < b.spanId ? -1 : 1);
}
