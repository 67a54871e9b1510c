import { SHELL_VARIABLES } from './shell-variables.mjs';

/** @import { Treatment } from './shell-variables.mjs' */

const THIS_MACHINE = ['127.0.0.1', 'localhost', '::1'];

/**
 * Returns the environment for a process of this project, and the names of the variables that it changed and of those that it honored.
 *
 * @param {NodeJS.ProcessEnv} shell
 * @param {'start' | 'tests' | 'everywhere'} place
 * @returns {{ env: NodeJS.ProcessEnv; changed: string[]; honored: string[]; isSame: boolean }}
 */
export function ownEnvironment(shell, place) {
  const treated = Object.entries(shell).map(([name, value = '']) => ({
    name,
    value,
    treatment: treatmentOf(name, value, place),
  }));
  const is = (/** @type {Treatment[]} */ ...treatments) =>
    treated
      .filter(({ value, treatment }) => value && treatment && treatments.includes(treatment))
      .map(({ name }) => name);
  const changed = is('dropped', 'pinned');
  const given = treated.flatMap(({ name, value, treatment }) => {
    if (treatment === 'extended') return [[name, withThisMachine(value)]];
    return treatment === 'dropped' || treatment === 'pinned' ? [] : [[name, value]];
  });
  const env = withNoProxy(Object.fromEntries(given));
  const isSame =
    Object.keys(shell).every((name) => env[name] === shell[name]) && env['NO_PROXY'] === shell['NO_PROXY'];
  return { env, changed, honored: is('honored'), isSame };
}

/**
 * @param {string} name
 * @param {string} value
 * @param {'start' | 'tests' | 'everywhere'} place
 * @returns {Treatment | undefined} Undefined if no rule applies.
 */
function treatmentOf(name, value, place) {
  const rule = SHELL_VARIABLES.find(({ names }) => names.some((pattern) => fits(pattern, name)));
  if (!rule || rule.unless?.(value)) return undefined;
  if (place !== 'everywhere') return rule[place];
  return rule.everywhere ? rule.start : undefined;
}

/** @param {string} pattern @param {string} name */
function fits(pattern, name) {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/**
 * Adds the addresses that Node.js must reach without the proxy, if Node.js uses a proxy and the shell doesn't list any.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function withNoProxy(env) {
  if (!env['NODE_USE_ENV_PROXY'] || env['NO_PROXY'] || env['no_proxy']) return env;
  return { ...env, NO_PROXY: THIS_MACHINE.join(',') };
}

/** @param {string} list */
function withThisMachine(list) {
  const given = list.split(',').map((entry) => entry.trim());
  if (given.includes('*')) return list;
  return [...new Set([...given.filter(Boolean), ...THIS_MACHINE])].join(',');
}
