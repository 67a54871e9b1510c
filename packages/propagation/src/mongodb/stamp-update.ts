import { isMap } from '../realm.ts';
import { isConvertible, isObject } from './stamp-document.ts';
import { leadsInto, type Stamp } from './stamp.ts';

type Operators = Record<string, Record<string, unknown> | undefined>;

/** The operators that may write the field. The stamp replaces what they write to it. */
const REPLACED = new Set(['$set', '$setOnInsert', '$unset']);

/**
 * Returns an update that also writes the stamp: operators, or a pipeline.
 *
 * The context replaces the earlier one as a whole. In a pipeline, `$literal` is necessary: an object would be merged into the
 * earlier context, and a `$` in a value would start an expression. An update without operators is returned unchanged, for the
 * driver to refuse.
 */
export function stampUpdate(update: unknown, stamp: Stamp): unknown {
  if (Array.isArray(update)) return [...(update as unknown[]), stampStage(stamp)];
  if (!hasOperators(update)) return update;
  const operators = withoutField(update, stamp.field);
  const operator = stamp.context ? '$set' : '$unset';
  return { ...operators, [operator]: { ...operators[operator], [stamp.field]: stamp.context ?? '' } };
}

function stampStage({ field, context }: Stamp): object {
  return context ? { $set: { [field]: { $literal: context } } } : { $unset: [field] };
}

function hasOperators(update: unknown): update is Operators {
  return isObject(update) && (Object.keys(update)[0]?.startsWith('$') ?? false);
}

function withoutField(update: Operators, field: string): Operators {
  const entries = Object.entries(update).map(([operator, given]) => {
    const changes = asDriverSees(given);
    return [
      operator,
      REPLACED.has(operator) ? withoutPaths(changes ?? {}, field) : unlessItTouches(operator, changes, field),
    ];
  });
  return Object.fromEntries(entries) as Operators;
}

/** Returns changes as the driver reads them. The own properties of a `Map`, or of an object with `toBSON`, are not its changes. */
function asDriverSees(changes: unknown): Record<string, unknown> | undefined {
  const value: unknown = isConvertible(changes) ? changes.toBSON() : changes;
  return (isMap(value) ? Object.fromEntries(value) : value) as Record<string, unknown> | undefined;
}

function withoutPaths(changes: Record<string, unknown>, field: string): Record<string, unknown> {
  const paths = Object.keys(changes);
  if (!paths.some((path) => leadsInto(field, path))) return changes;
  return Object.fromEntries(Object.entries(changes).filter(([path]) => !leadsInto(field, path)));
}

function unlessItTouches(
  operator: string,
  changes: Record<string, unknown> | undefined,
  field: string,
): typeof changes {
  const paths = Object.entries(changes ?? {}).flatMap(([path, value]) =>
    operator === '$rename' ? [path, String(value)] : [path],
  );
  const touched = paths.find((path) => leadsInto(field, path));
  if (touched === undefined) return changes;
  throw new TypeError(
    `Failed to stamp an update: ${operator} changes "${touched}", which holds the context. ` +
      `Leave "${field}" to stamped(), or choose another field: stamped(collection, { field: '…' }).`,
  );
}
