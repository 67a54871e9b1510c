import { diag, DiagLogLevel } from '@opentelemetry/api';
import { diagLogLevelFromString } from '@opentelemetry/core';
import { format } from 'node:util';
import { warn } from './log.ts';

/** A program that repeats one mistake in every request must not fill its log. */
const MAX_MESSAGES = 100;
const said = new Set<string>();

/**
 * Shows what the SDK and instrumentations say about themselves, such as a variable with a bad value, in the services' log
 * format. Without a logger OpenTelemetry says it to no one. Messages that differ in ids and numbers only are shown once,
 * all of them when `OTEL_LOG_LEVEL` asks for a level.
 */
export function showDiagnostics(level: string | undefined): void {
  const show = level ? (...words: unknown[]) => warn(format(...words)) : once;
  const logger = { error: show, warn: show, info: show, debug: show, verbose: show };
  diag.setLogger(logger, {
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
