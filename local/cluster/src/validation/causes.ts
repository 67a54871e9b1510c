/** One reason why an object is invalid, as in the `details.causes` of a Status. */
export interface Cause {
  reason: string;
  message: string;
  field?: string;
}

/** Returns a cause in the API server's wording, as the other functions in this file do. */
export function required(field: string, hint = ''): Cause {
  return { reason: 'FieldValueRequired', message: `Required value${hint ? `: ${hint}` : ''}`, field };
}

export function invalidValue(field: string, value: unknown, why: string): Cause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${why}`, field };
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): Cause {
  const list = supported.map((one) => JSON.stringify(one)).join(', ');
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`;
  return { reason: 'FieldValueNotSupported', message, field };
}

export function duplicate(field: string, value: string): Cause {
  return { reason: 'FieldValueDuplicate', message: `Duplicate value: ${JSON.stringify(value)}`, field };
}

export function forbiddenField(field: string, why: string): Cause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field };
}

export function tooLong(field: string, maxBytes: number): Cause {
  return { reason: 'FieldValueTooLong', message: `Too long: may not be more than ${maxBytes} bytes`, field };
}

/** Returns the cause for a field, or a value of it, that Kubernetes serves and this stand-in doesn't. */
export function notServed(field: string, what = 'it'): Cause {
  return forbiddenField(field, `this stand-in for Kubernetes does not serve ${what}`);
}
