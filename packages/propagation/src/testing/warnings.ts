import { diag } from '@opentelemetry/api';

const quiet = () => {};

/** Runs a test body and gives the texts of the warnings that it causes. */
export function warningsOf(fn: () => void): string[] {
  const said: string[] = [];
  diag.setLogger({
    error: quiet,
    warn: (text) => said.push(text),
    info: quiet,
    debug: quiet,
    verbose: quiet,
  });
  try {
    fn();
  } finally {
    diag.disable();
  }
  return said;
}
