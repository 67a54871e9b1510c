type Numbers = Int32Array | Uint32Array | Float64Array | Uint8Array;

/** A growing list of numbers in a typed array, so that even a million numbers take little memory. */
export class Column<Kind extends Numbers> {
  #values: Kind;
  #length = 0;
  readonly #make: (length: number) => Kind;

  constructor(make: (length: number) => Kind) {
    this.#make = make;
    this.#values = make(1_024);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = this.#make(this.#length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length++] = value;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }
}

export const integers = (): Column<Int32Array> => new Column((length) => new Int32Array(length));
export const unsigned = (): Column<Uint32Array> => new Column((length) => new Uint32Array(length));
export const doubles = (): Column<Float64Array> => new Column((length) => new Float64Array(length));
export const bytes = (): Column<Uint8Array> => new Column((length) => new Uint8Array(length));

/** Records that only some rows have, as numbers in one array. Looked up by row, and iterated in the order of insertion. */
export class SparseRecords<Field extends string> {
  readonly #fields: readonly Field[];
  readonly #slots = integers();
  readonly #rows = integers();
  readonly #numbers = integers();

  constructor(fields: readonly Field[]) {
    this.#fields = fields;
  }

  set(row: number, record: Readonly<Record<Field, number>>): void {
    while (this.#slots.length <= row) this.#slots.push(0);
    this.#rows.push(row);
    this.#slots.set(row, this.#rows.length);
    for (const field of this.#fields) this.#numbers.push(record[field]);
  }

  get(row: number): Record<Field, number> | undefined {
    return this.has(row) ? this.#recordAt(this.#slots.at(row) - 1) : undefined;
  }

  has(row: number): boolean {
    return row >= 0 && row < this.#slots.length && this.#slots.at(row) > 0;
  }

  rows(): number[] {
    return Array.from({ length: this.#rows.length }, (_, index) => this.#rows.at(index));
  }

  *[Symbol.iterator](): Generator<[row: number, record: Record<Field, number>]> {
    for (let index = 0; index < this.#rows.length; index++)
      yield [this.#rows.at(index), this.#recordAt(index)];
  }

  #recordAt(index: number): Record<Field, number> {
    const record = {} as Record<Field, number>;
    let at = index * this.#fields.length;
    for (const field of this.#fields) record[field] = this.#numbers.at(at++);
    return record;
  }
}
