type Numbers = Int32Array | Uint32Array | Float64Array | Uint8Array;

/** A list of numbers that grows, in a typed array: 200,000 or a million of them cost what they hold. */
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

/** Something that few rows have: found by row, and gone through in the order in which it came. */
export class SparseColumn<Value> {
  readonly #slots = integers();
  readonly #rows: number[] = [];
  readonly #values: Value[] = [];

  set(row: number, value: Value): void {
    while (this.#slots.length <= row) this.#slots.push(0);
    this.#values.push(value);
    this.#rows.push(row);
    this.#slots.set(row, this.#values.length);
  }

  get(row: number): Value | undefined {
    return row < 0 || row >= this.#slots.length ? undefined : this.#values[this.#slots.at(row) - 1];
  }

  has(row: number): boolean {
    return this.get(row) !== undefined;
  }

  rows(): readonly number[] {
    return this.#rows;
  }

  *[Symbol.iterator](): Generator<[row: number, value: Value]> {
    for (const [index, row] of this.#rows.entries()) {
      const value = this.#values[index];
      if (value !== undefined) yield [row, value];
    }
  }
}
