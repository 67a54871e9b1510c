import { typeText, type JsonSchema } from './type-text.ts';

/** A field of a body, as a row of a table. */
interface FieldRow {
  /** `links.self` is a field of the object `links`, and `rows[].name` of each object in the list `rows`. */
  field: string;
  type: string;
  meaning: string;
}

/** Returns the rows for all fields. The fields of a nested object follow its own row, unless the object has its own section. */
export function fieldRows({ properties = {}, required = [] }: JsonSchema, prefix = ''): FieldRow[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const field = `${prefix}${name}`;
    const isRequired = required.includes(name);
    const meaning = schema.description ?? '';
    if (schema.properties)
      return [{ field, type: kindOf('object', isRequired), meaning }, ...fieldRows(schema, `${field}.`)];
    if (schema.items?.properties)
      return [
        { field, type: kindOf('list of objects', isRequired), meaning },
        ...fieldRows(schema.items, `${field}[].`),
      ];
    return [{ field, type: typeText(schema, isRequired), meaning }];
  });
}

const kindOf = (kind: string, isRequired: boolean): string => (isRequired ? kind : `${kind}, optional`);
