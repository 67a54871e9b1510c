import type { LabSpan } from './recorder.ts';

/** Draws spans as indented trees, with one line for each span. Each root starts a trace. */
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
