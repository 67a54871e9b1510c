import { diag, DiagLogLevel } from '@opentelemetry/api';
import { diagLogLevelFromString } from '@opentelemetry/core';
import { format } from 'node:util';
import { warn } from './log.ts';

/** The maximum number of different messages, so that a mistake that repeats in every request doesn't fill the log. */
const MAX_MESSAGES = 100;
const said = new Set<string>();

/**
 * Logs the messages of the SDK and of instrumentations, such as a variable with a bad value, in the format of the services' logs.
 * Without a logger, OpenTelemetry discards them. Messages that differ only in IDs and numbers are logged once. If
 * `OTEL_LOG_LEVEL` is set, every message is logged. Returns false if this copy of the API can register nothing, not even a logger.
 */
export function showDiagnostics(level: string | undefined): boolean {
  const show = level ? (...words: unknown[]) => warn(format(...words)) : once;
  const logger = { error: show, warn: show, info: show, debug: show, verbose: show };
  return diag.setLogger(logger, {
    logLevel: (level && diagLogLevelFromString(level)) || DiagLogLevel.WARN,
    suppressOverrideMessage: true,
  });
}

function once(...words: unknown[]): void {
  const message = format(...words);
  const kind = message.split('\n', 1)[0]!.replaceAll(/[0-9a-f]{16,}|\d+/g, '#');
  if (said.has(kind) || said.size >= MAX_MESSAGES) return;
  said.add(kind);
  warn(message);
}
