import { parse } from 'yaml';
import { readText } from '../read/files.ts';
import { readRule, readSetting, readSettings, SettingError, type LintSettings } from '../lint/settings.ts';
import type { Ignored } from '../lint/options.ts';
import { messageOf, type Values } from './command.ts';

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

/**
 * Returns the settings of the file, overridden by those of the command line. The lists of ignored findings are combined. Throws a
 * {@link SettingError} for an invalid option, and an `Error` with the path for an invalid file.
 */
export async function settingsOf(values: SettingValues): Promise<LintSettings> {
  const fromFile = values.config === undefined ? {} : await settingsFile(values.config);
  const here = settingsHere(values);
  return { ...fromFile, ...here, ignore: [...(fromFile.ignore ?? []), ...(here.ignore ?? [])] };
}

async function settingsFile(path: string): Promise<LintSettings> {
  try {
    return readSettings(parse(await readText(path)));
  } catch (cause) {
    throw new Error(`Failed to read the settings of ${path}: ${messageOf(cause)}`, { cause });
  }
}

function settingsHere(values: SettingValues): LintSettings {
  const settings: LintSettings = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') continue;
    const given = name === 'rules' ? value.split(',').map((each) => each.trim()) : value;
    Object.assign(settings, readSetting(camelCase(name), given, name));
  }
  return {
    ...settings,
    ...(values.ignore && { ignore: values.ignore.map(readIgnored) }),
    ...(values.service && { services: values.service }),
    ...(values['show-values'] && { showValues: true }),
  };
}

const camelCase = (name: string): string => name.replace(/-./g, (letter) => letter.slice(1).toUpperCase());

/** Parses `RULE=REASON` or `RULE@LABEL=REASON`. */
function readIgnored(text: string): Ignored {
  const [, rule, span, reason = ''] = /^([a-z-]+)(?:@(.+?))?=(.*)$/s.exec(text) ?? [];
  if (rule === undefined || reason.trim() === '')
    throw new SettingError(
      `ignore: got ${JSON.stringify(text)}. Expected a rule with the reason, such as orphan="the gateway sends elsewhere".`,
    );
  return { rule: readRule('ignore', rule), ...(span !== undefined && { span }), reason };
}
