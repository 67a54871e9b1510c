import type { KINDS } from './settings.ts';

/** npm settings that would change what is installed, where, or whether at all. To add one, add a row. */
const NPM_SETTINGS = [
  ['engine-strict', 'true'],
  ['bin-links', 'false'],
  ['omit', 'dev'],
  ['omit', 'optional'],
  ['include', 'prod'],
  ['production', 'true'],
  ['only', 'prod'],
  ['ignore-scripts', 'true'],
  ['dry-run', 'true'],
  ['global', 'true'],
  ['location', 'global'],
  ['prefix', '/no/such'],
  ['package-lock', 'false'],
  ['package-lock-only', 'true'],
  ['save', 'false'],
  ['install-strategy', 'linked'],
  ['install-links', 'true'],
  ['legacy-peer-deps', 'true'],
  ['strict-peer-deps', 'true'],
  ['force', 'true'],
  ['workspaces', 'false'],
  ['workspace', 'a-workspace'],
  ['os', 'win32'],
  ['cpu', 'mips'],
  ['loglevel', 'silent'],
  ['json', 'true'],
  ['offline', 'true'],
  ['script-shell', '/bin/false'],
  ['node-options', '--require /no/such.cjs'],
] as const;

export interface NpmSetting {
  kind: (typeof KINDS)[number];
  name: string;
  value: string;
}

export const npmSettings: NpmSetting[] = NPM_SETTINGS.map(([name, value]) => ({ kind: 'npm', name, value }));
