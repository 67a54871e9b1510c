import { diag } from '@opentelemetry/api';

const quiet = () => {};
const fail = (): never => {
  throw new Error('the logger is broken');
};

/** Runs a test body, and returns the texts of the warnings that it causes. */
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

/** Runs a test body with a logger whose methods all throw. */
export function withFailingLogger(fn: () => void): void {
  diag.setLogger({ error: fail, warn: fail, info: fail, debug: fail, verbose: fail });
  try {
    fn();
  } finally {
    diag.disable();
  }
}
