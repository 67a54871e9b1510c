import type { LabSpan } from './recorder.ts';

/** Draws spans as one indented tree for each trace, one line a span; a root starts a trace. */
export function drawTraces(spans: readonly LabSpan[], indent = ''): string {
  return drawBelow(undefined, spans, indent).join('\n');
}

function drawBelow(parent: string | undefined, spans: readonly LabSpan[], indent: string): string[] {
  return spans
    .filter((span) => span.parent === parent)
    .flatMap(({ name, links }) => [
      `${indent}${name}${links.length > 0 ? ` (links to: ${links.join(', ')})` : ''}`,
      ...drawBelow(name, spans, `${indent}  `),
    ]);
}
