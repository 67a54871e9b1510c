import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** Collects the schemas that have a name of their own (`.meta({ id })`), so that OpenAPI refers to each by it. */
export class NamedSchemas {
  readonly #schemas = new Map<string, JsonSchema>();

  /** JSON Schema of what comes in or goes out, with references to the named ones. Throws when one name has two meanings. */
  add(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $defs = {}, ...own } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    // OpenAPI 3.1 is of the same dialect and says so for the whole document.
    delete own.$schema;
    for (const [name, definition] of Object.entries($defs)) this.#keep(name, toComponents(definition));
    return toComponents(own);
  }

  /** All of them by name, in the order of their names. */
  all(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#schemas].toSorted(([a], [b]) => a.localeCompare(b)));
  }

  #keep(name: string, schema: JsonSchema): void {
    const known = this.#schemas.get(name);
    if (known && !isDeepStrictEqual(known, schema))
      throw new Error(`Two schemas have the name ${name}. Give one of them another .meta({ id }).`);
    this.#schemas.set(name, schema);
  }
}

/** zod refers to `#/$defs/Name`, OpenAPI to `#/components/schemas/Name`. */
function toComponents(schema: object): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/');
  return JSON.parse(text) as JsonSchema;
}
