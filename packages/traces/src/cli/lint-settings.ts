import { parse } from 'yaml';
import { readText } from '../read/files.ts';
import {
  readCount,
  readDuration,
  readFailOn,
  readRule,
  readSettings,
  SettingError,
  type LintSettings,
} from '../lint/settings.ts';
import type { Ignored } from '../lint/options.ts';
import { messageOf, UsageError, type Values } from './command.ts';

export const settingOptions = {
  config: { type: 'string' },
  rules: { type: 'string' },
  ignore: { type: 'string', multiple: true },
  service: { type: 'string', multiple: true },
  'fail-on': { type: 'string' },
  clock: { type: 'string' },
  'unconsumed-after': { type: 'string' },
  'max-spans': { type: 'string' },
  'max-trace': { type: 'string' },
  'max-attempts': { type: 'string' },
  'max-children': { type: 'string' },
  'shared-by': { type: 'string' },
  'show-values': { type: 'boolean' },
} as const;

type SettingValues = Values<typeof settingOptions>;

/** The settings of the file, and over them those of the command line; what is ignored adds up. Throws a {@link UsageError}. */
export async function settingsOf(values: SettingValues): Promise<LintSettings> {
  const fromFile = values.config === undefined ? {} : await settingsFile(values.config);
  try {
    const here = settingsHere(values);
    return { ...fromFile, ...here, ignore: [...(fromFile.ignore ?? []), ...(here.ignore ?? [])] };
  } catch (error) {
    if (error instanceof SettingError) throw new UsageError(`--${error.message}`, { cause: error });
    throw error;
  }
}

async function settingsFile(path: string): Promise<LintSettings> {
  try {
    return readSettings(parse(await readText(path)));
  } catch (cause) {
    throw new Error(`Failed to read the settings of ${path}: ${messageOf(cause)}`, { cause });
  }
}

const readers: Record<string, (value: string) => LintSettings> = {
  rules: (value) => ({ rules: value.split(',').map((each) => readRule('rules', each.trim())) }),
  'fail-on': (value) => ({ failOn: readFailOn('fail-on', value) }),
  clock: (value) => ({ clockMs: readDuration('clock', value) }),
  'unconsumed-after': (value) => ({ unconsumedAfterMs: readDuration('unconsumed-after', value) }),
  'max-spans': (value) => ({ maxSpans: readCount('max-spans', value) }),
  'max-trace': (value) => ({ maxTraceMs: readDuration('max-trace', value) }),
  'max-attempts': (value) => ({ maxAttempts: readCount('max-attempts', value) }),
  'max-children': (value) => ({ maxChildren: readCount('max-children', value) }),
  'shared-by': (value) => ({ sharedBy: readCount('shared-by', value) }),
};

function settingsHere(values: SettingValues): LintSettings {
  const settings: LintSettings = {};
  for (const [name, value] of Object.entries(values)) {
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (read && typeof value === 'string') Object.assign(settings, read(value));
  }
  return {
    ...settings,
    ...(values.ignore && { ignore: values.ignore.map(readIgnored) }),
    ...(values.service && { services: values.service }),
    ...(values['show-values'] && { showValues: true }),
  };
}

/** `RULE=REASON` or `RULE@LABEL=REASON`. */
function readIgnored(text: string): Ignored {
  const [, rule, span, reason = ''] = /^([a-z-]+)(?:@(.+?))?=(.*)$/s.exec(text) ?? [];
  if (rule === undefined || reason.trim() === '')
    throw new SettingError(
      `ignore: got ${JSON.stringify(text)}. Expected a rule with the reason, such as orphan="the gateway sends elsewhere".`,
    );
  return { rule: readRule('ignore', rule), ...(span !== undefined && { span }), reason };
}
