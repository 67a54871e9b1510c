import { ruleIds, severities, type RuleId, type Severity } from './finding.ts';
import type { Ignored, LintOptions } from './options.ts';

/** The settings in a file or on the command line: {@link LintOptions}, and the lowest severity at which the command fails. */
export interface LintSettings extends LintOptions {
  failOn?: Severity | 'never';
}

/** An invalid setting. The message contains the value that was given and the one that is expected. */
export class SettingError extends Error {}

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Returns the milliseconds of a duration such as `500ms`, `10s`, `5m`, `1h`, or `2d`. Throws a {@link SettingError}. */
export function readDuration(name: string, value: unknown): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(value)) ?? [];
  if (amount === undefined) throw wrong(name, value, 'a time such as 500ms, 10s, 5m, 1h or 2d');
  return Number(amount) * (units[unit] ?? 1);
}

export function readCount(name: string, value: unknown): number {
  const count = typeof value === 'number' ? value : /^\d+$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(count) || count < 1) throw wrong(name, value, 'a whole number from 1');
  return count;
}

export function readRule(name: string, value: unknown): RuleId {
  const found = ruleIds.find((id) => id === value);
  if (!found) throw wrong(name, value, `one of ${ruleIds.join(', ')}`);
  return found;
}

export function readFailOn(name: string, value: unknown): Severity | 'never' {
  const found = ([...severities, 'never'] as const).find((each) => each === value);
  if (!found) throw wrong(name, value, `${severities.join(', ')} or never`);
  return found;
}

/** The readers of the fields of a file, which are those of lint.schema.json. */
const readers: Record<string, (value: unknown, name: string) => LintSettings> = {
  rules: (value, name) => ({ rules: listOf(name, value).map((each) => readRule(name, each)) }),
  severities: (value) => ({ severities: readSeverities(value) }),
  ignore: (value, name) => ({ ignore: listOf(name, value).map(readIgnored) }),
  services: (value, name) => ({ services: listOf(name, value).map((each) => readText(name, each)) }),
  failOn: (value, name) => ({ failOn: readFailOn(name, value) }),
  clock: (value, name) => ({ clockMs: readDuration(name, value) }),
  unconsumedAfter: (value, name) => ({ unconsumedAfterMs: readDuration(name, value) }),
  pairWithin: (value, name) => ({ pairWithinMs: readDuration(name, value) }),
  sharedBy: (value, name) => ({ sharedBy: readCount(name, value) }),
  maxSpans: (value, name) => ({ maxSpans: readCount(name, value) }),
  maxTrace: (value, name) => ({ maxTraceMs: readDuration(name, value) }),
  maxAttempts: (value, name) => ({ maxAttempts: readCount(name, value) }),
  maxChildren: (value, name) => ({ maxChildren: readCount(name, value) }),
};

export const settingNames: readonly string[] = Object.keys(readers);

/** Reads one setting. Undefined if there is no such field. Error messages call it `name`. */
export function readSetting(field: string, value: unknown, name = field): LintSettings | undefined {
  return Object.hasOwn(readers, field) ? readers[field]?.(value, name) : undefined;
}

/** Reads the settings of a file that was parsed as YAML or JSON. Throws a {@link SettingError}. */
export function readSettings(value: unknown): LintSettings {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw wrong('the file', value, 'an object of settings');
  const settings: LintSettings = {};
  for (const [name, each] of Object.entries(value)) {
    const setting = readSetting(name, each);
    if (!setting) throw wrong(name, each, `one of the settings ${settingNames.join(', ')}`);
    Object.assign(settings, setting);
  }
  return settings;
}

function readSeverities(value: unknown): Partial<Record<RuleId, Severity>> {
  if (typeof value !== 'object' || value === null) throw wrong('severities', value, 'an object of rules');
  return Object.fromEntries(
    Object.entries(value).map(([rule, each]) => {
      const severity = severities.find((one) => one === each);
      if (!severity) throw wrong(`severities.${rule}`, each, severities.join(', '));
      return [readRule('severities', rule), severity];
    }),
  );
}

function readIgnored(value: unknown): Ignored {
  if (typeof value !== 'object' || value === null) throw wrong('ignore', value, 'objects with a reason');
  const { rule, span, reason, ...rest } = value as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw wrong(`ignore.${unknown}`, rest[unknown], 'rule, span and reason');
  if (rule === undefined && span === undefined) throw wrong('ignore', value, 'a rule, a span or both');
  return {
    ...(rule !== undefined && { rule: readRule('ignore.rule', rule) }),
    ...(span !== undefined && { span: readText('ignore.span', span) }),
    reason: readText('ignore.reason', reason),
  };
}

function listOf(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw wrong(name, value, 'a list');
  return value;
}

function readText(name: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') throw wrong(name, value, 'a text that is not empty');
  return value;
}

function wrong(name: string, value: unknown, expected: string): SettingError {
  return new SettingError(`${name}: got ${JSON.stringify(value) ?? 'nothing'}. Expected ${expected}.`);
}
