import type { Cause } from './causes.ts';
import type { Check } from './checks.ts';

/** The path of a field, with `[]` after a list to check each item, and the checks of its value. Only the first check that fails counts. */
export type Rule = readonly [path: string, ...checks: Check[]];

/** Returns what is wrong with an object, in the order of the rules. */
export function violations(object: object, rules: readonly Rule[]): Cause[] {
  return rules.flatMap(([path, ...checks]) =>
    valuesAt(object, path.split('.')).flatMap(({ field, value }) => firstFinding(field, value, checks)),
  );
}

function firstFinding(field: string, value: unknown, checks: Check[]): Cause[] {
  for (const check of checks) {
    const causes = check(field, value);
    if (causes.length > 0) return causes;
  }
  return [];
}

/** Returns the values at a path, each with its field as the API server names it: `containers[0].name`. */
function valuesAt(parent: unknown, [step, ...rest]: string[], at = ''): { field: string; value: unknown }[] {
  if (step === undefined) return [{ field: at, value: parent }];
  if (typeof parent !== 'object' || parent === null) return [];
  const name = step.replace('[]', '');
  const value = (parent as Record<string, unknown>)[name];
  const field = at ? `${at}.${name}` : name;
  if (name === step) return valuesAt(value, rest, field);
  return Array.isArray(value)
    ? value.flatMap((item, index) => valuesAt(item, rest, `${field}[${index}]`))
    : [];
}
