import { styleText } from 'node:util';
import type { Span } from '../tree/span.ts';

export interface Painter {
  service(service: string, text: string): string;
  faint(text: string): string;
  error(text: string): string;
}

const palette = ['cyan', 'magenta', 'yellow', 'green', 'blue', 'whiteBright'] as const;

const plain: Painter = {
  service: (_service, text) => text,
  faint: (text) => text,
  error: (text) => text,
};

/** Colours by service in the order of the names, so that a service keeps its colour from one drawing to the next. */
export function painter(color: boolean, spans: readonly Span[]): Painter {
  if (!color) return plain;
  const services = [...new Set(spans.map((span) => span.service))].toSorted();
  return {
    service: (service, text) => style(palette[services.indexOf(service) % palette.length] ?? 'cyan', text),
    faint: (text) => style('dim', text),
    error: (text) => style('red', text),
  };
}

function style(format: Parameters<typeof styleText>[0], text: string): string {
  // The caller has decided; styleText would otherwise look at stdout and NO_COLOR.
  return styleText(format, text, { validateStream: false });
}
