import type { TestContext } from 'node:test';

/** Keeps the log lines of telemetry off stderr until the test ends. Their messages are added to the returned list. */
export function warningsIn(t: TestContext): string[] {
  const warnings: string[] = [];
  t.mock.method(console, 'error', (line: string) => {
    warnings.push((JSON.parse(line) as { msg: string }).msg);
  });
  return warnings;
}
