import { diag, type DiagLogger } from '@opentelemetry/api';

const fail = (): never => {
  throw new Error('the logger is broken');
};

/** Returns a logger that takes only warnings. */
export const warningLogger = (warn: (text: string) => void): DiagLogger => ({
  error() {},
  warn,
  info() {},
  debug() {},
  verbose() {},
});

/** Runs a test body, and returns the texts of the warnings that it causes. */
export function warningsOf(fn: () => void): string[] {
  const said: string[] = [];
  withLogger(
    warningLogger((text) => said.push(text)),
    fn,
  );
  return said;
}

/** Runs a test body with a logger whose methods all throw. */
export function withFailingLogger(fn: () => void): void {
  withLogger({ error: fail, warn: fail, info: fail, debug: fail, verbose: fail }, fn);
}

function withLogger(logger: DiagLogger, fn: () => void): void {
  diag.setLogger(logger);
  try {
    fn();
  } finally {
    diag.disable();
  }
}
