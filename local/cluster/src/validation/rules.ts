import type { Cause } from './causes.ts';
import type { Check } from './checks.ts';

/** The path of a field, with `[]` after a list whose every item is meant, and the checks of its value: the first that finds something speaks. */
export type Rule = readonly [path: string, ...checks: Check[]];

/** What is wrong with an object, in the order of the rules. */
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

/** The values that a path leads to, each with its field as the API server names it: `containers[0].name`. */
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
