import type { Cause } from '../api/api-error.ts';

/** The wording of the API server for each way in which a field can be wrong. */
export function required(field: string, hint = ''): Cause {
  return { reason: 'FieldValueRequired', message: `Required value${hint ? `: ${hint}` : ''}`, field };
}

export function invalidValue(field: string, value: unknown, why: string): Cause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${why}`, field };
}

export function notSupported(field: string, value: unknown, supported: string[]): Cause {
  const list = supported.map((one) => JSON.stringify(one)).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`,
    field,
  };
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

/** A cause when the number is there and negative. */
export function notNegative(field: string, value: number | undefined): Cause[] {
  return value !== undefined && value < 0
    ? [invalidValue(field, value, 'must be greater than or equal to 0')]
    : [];
}

/** A cause when the value is there and none of those supported. */
export function oneOf(field: string, value: string | undefined, supported: string[]): Cause[] {
  return value === undefined || supported.includes(value) ? [] : [notSupported(field, value, supported)];
}
