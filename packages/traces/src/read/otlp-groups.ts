import type { OtlpTraces } from './otlp-types.ts';

export type ResourceSpans = NonNullable<OtlpTraces['resourceSpans']>[number];

/** The names of a list of resources with their spans. */
export const SPAN_LISTS: readonly string[] = ['resourceSpans', 'resource_spans', 'batches'];
/** The names of a resource's list of scopes with their spans. */
const SCOPE_LISTS: readonly string[] = ['scopeSpans', 'scope_spans'];
/** The fields that contain OTLP in responses of Jaeger (the first) and of Tempo (the others). */
const wrappers = ['result', 'trace', 'data'];
/** The fields of other signals, which the Collector may write to the same file, or OpenTelemetry Java, resource by resource. */
export const OTHER_SIGNALS: readonly string[] = [
  'resourceMetrics',
  'resourceLogs',
  'resourceProfiles',
  'scopeMetrics',
  'scopeLogs',
];

/** The end of an error message, which says what was expected. */
export const EXPECTED_OTLP = 'Expected OTLP JSON: an object with an array "resourceSpans".';

/**
 * Returns the resources of a JSON value with their spans, without validating them. Returns an empty list for other signals, and undefined
 * for anything but OTLP.
 */
export function groupsOf(value: unknown): unknown[] | undefined {
  if (!isObject(value) || Array.isArray(value)) return undefined;
  const fields = value as Record<string, unknown>;
  const list = SPAN_LISTS.map((name) => fields[name]).find((each) => each !== undefined);
  // In protobuf's JSON mapping null is the same as absent.
  if (list === null) return [];
  if (Array.isArray(list)) return list.map(withTodaysNames);
  // OpenTelemetry Java's exporter `logging-otlp` writes each resource by itself.
  if (SCOPE_LISTS.some((name) => Array.isArray(fields[name]))) return [withTodaysNames(fields)];
  const inner = wrappers.map((name) => fields[name]).find(isObject);
  if (inner !== undefined) return groupsOf(inner);
  const isEmpty = Object.keys(fields).length === 0;
  return isEmpty || OTHER_SIGNALS.some((name) => name in fields) ? [] : undefined;
}

/** Returns a sentence that names another tracing system's format, for an error message. Empty for any other value. */
export function formatOf(value: unknown): string {
  const [first] = isObject(value) && 'data' in value && Array.isArray(value.data) ? value.data : [value];
  return isObject(first) ? formatBy(new Set(Object.keys(first))) : '';
}

/** Like {@link formatOf}, but takes the field names of a trace or a span. */
export function formatBy(names: ReadonlySet<string>): string {
  // Only a value over many lines, which is parsed in parts.
  if (SCOPE_LISTS.some((name) => names.has(name)))
    return 'This is a resource by itself: put each resource on one line. ';
  if (names.has('context') && names.has('parent_id'))
    return "This is the output of Python's console exporter: export OTLP to a Collector with a file exporter. ";
  if (names.has('traceID'))
    return "This is Jaeger's older JSON: GET /api/v3/traces/ID of the same server gives OTLP. ";
  return names.has('traceId') && names.has('id') ? "This is Zipkin's JSON. " : '';
}

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Renames fields to their current names. Protobuf's JSON mapping may keep the names of the `.proto` file. Before OTLP 0.19, scopes were
 * called instrumentation libraries.
 */
function withTodaysNames(group: unknown): unknown {
  if (!isObject(group)) return group;
  const { instrumentationLibrarySpans, ...rest } = (
    'scope_spans' in group || 'instrumentation_library_spans' in group ? inCamelCase(group) : group
  ) as { scopeSpans?: unknown; instrumentationLibrarySpans?: unknown };
  const scopeSpans = rest.scopeSpans ?? instrumentationLibrarySpans;
  return { ...rest, ...(scopeSpans !== undefined && { scopeSpans }) };
}

function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      inCamelCase(each),
    ]),
  );
}
