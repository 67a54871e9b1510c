import { register as registerInThread } from 'node:module';
import { LOG_INSTRUMENTATIONS, SERVICE_INSTRUMENTATIONS } from './instrumentations.ts';

/** Of those that the services use, what is patched where ESM imports it. The hook costs memory, so it sees no other module. */
const NEEDS_IMPORT_HOOK = ['express', ...LOG_INSTRUMENTATIONS];
const KNOWN = [...SERVICE_INSTRUMENTATIONS, ...LOG_INSTRUMENTATIONS];

/** Lets instrumentations patch ES modules. Those that are not ours may patch any module. */
export async function hookImports(names: string[]): Promise<void> {
  if (names.some((name) => !KNOWN.includes(name))) await hook();
  // A copy: the hook adds names of its own to the list that it is given.
  else if (names.some((name) => NEEDS_IMPORT_HOOK.includes(name))) await hook({ include: [...names] });
}

/** In this thread, which is faster; before Node.js 22.22.3 and 24.11.1 that breaks CommonJS, and the hook has a thread of its own. */
async function hook(options?: { include: string[] }): Promise<void> {
  // Only now: a job needs no hook, and its parser is WebAssembly, which a start would compile.
  const { register, supportsSyncHooks } = await import('import-in-the-middle/register-hooks.mjs');
  if (supportsSyncHooks()) register(options);
  else registerInThread('import-in-the-middle/hook.mjs', import.meta.url, options && { data: options });
}
