import { drawTraces } from './draw.ts';
import type { Lab } from './stale-context.ts';

export interface LabResult {
  lab: Lab;
  drawn: { wrong: string; right: string };
  passed: boolean;
}

/** Runs a lab with real spans, and compares both of its traces with the expected ones. */
export async function runLab(lab: Lab): Promise<LabResult> {
  const drawn = { wrong: drawTraces(await lab.wrong()), right: drawTraces(await lab.right()) };
  return { lab, drawn, passed: drawn.wrong === lab.expected.wrong && drawn.right === lab.expected.right };
}

export function printLab({ lab, drawn, passed }: LabResult): string {
  return [
    `── lab: ${lab.title}`,
    lab.explanation,
    '',
    '  wrong',
    indented(drawn.wrong),
    '',
    '  right',
    indented(drawn.right),
    '',
    `${passed ? 'PASS' : 'FAIL'}  both traces are as the lab says`,
    '',
  ].join('\n');
}

const indented = (text: string) => text.replaceAll(/^/gm, '    ');
