import { register as registerInThread } from 'node:module';
import { LOG_INSTRUMENTATIONS, SERVICE_INSTRUMENTATIONS } from './instrumentations.ts';

/** The instrumentations of services that patch what an ESM `import` itself loads. The hook costs memory, so it covers no other modules. */
const NEEDS_IMPORT_HOOK = ['express', ...LOG_INSTRUMENTATIONS];
const KNOWN = [...SERVICE_INSTRUMENTATIONS, ...LOG_INSTRUMENTATIONS];

/** Lets instrumentations patch ES modules. For an unknown instrumentation, the hook covers all modules, because it may patch any. */
export async function hookImports(names: string[]): Promise<void> {
  if (names.some((name) => !KNOWN.includes(name))) await hook();
  // A copy, because the hook adds names to the list.
  else if (names.some((name) => NEEDS_IMPORT_HOOK.includes(name))) await hook({ include: [...names] });
}

/**
 * Installs the hook in this thread, which is faster. Before Node.js 22.22.3 and 24.11.1, that breaks CommonJS, so the hook gets
 * its own thread.
 */
async function hook(options?: { include: string[] }): Promise<void> {
  // Loaded late: a job needs no hook, and loading it compiles a WebAssembly parser.
  const { register, supportsSyncHooks } = await import('import-in-the-middle/register-hooks.mjs');
  if (supportsSyncHooks()) register(options);
  else registerInThread('import-in-the-middle/hook.mjs', import.meta.url, options && { data: options });
}
