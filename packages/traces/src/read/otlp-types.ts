/** OTLP JSON. Every field may be missing. Source: opentelemetry-proto, trace/v1/trace.proto. */
export interface OtlpTraces {
  resourceSpans?: {
    resource?: { attributes?: OtlpAttribute[] };
    scopeSpans?: { scope?: unknown; spans?: OtlpSpan[] }[];
  }[];
}

export interface OtlpAttribute {
  key: string;
  value?: OtlpValue;
}

export interface OtlpValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number | string;
  bytesValue?: string;
  arrayValue?: { values?: OtlpValue[] };
  kvlistValue?: { values?: OtlpAttribute[] };
}

export interface OtlpSpan {
  traceId?: string;
  spanId?: string;
  parentSpanId?: string;
  name?: string;
  kind?: number | string;
  startTimeUnixNano?: string | number;
  endTimeUnixNano?: string | number;
  attributes?: OtlpAttribute[];
  events?: OtlpEvent[];
  links?: OtlpLink[];
  status?: { code?: number | string; message?: string };
  flags?: number;
}

export interface OtlpEvent {
  name?: string;
  timeUnixNano?: string | number;
  attributes?: OtlpAttribute[];
}

export interface OtlpLink {
  traceId?: string;
  spanId?: string;
  attributes?: OtlpAttribute[];
  flags?: number;
}
