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

/** The conversion of a record to integers and back. */
export interface RecordForm<Value> {
  width: number;
  write(value: Value): number[];
  read(number: (index: number) => number): Value;
}

/** Records that only some rows have, as integers in one array. Looked up by row, and iterated in the order of insertion. */
export class SparseRecords<Value> {
  readonly #form: RecordForm<Value>;
  readonly #slots = integers();
  readonly #rows = integers();
  readonly #numbers = integers();

  constructor(form: RecordForm<Value>) {
    this.#form = form;
  }

  set(row: number, value: Value): void {
    while (this.#slots.length <= row) this.#slots.push(0);
    this.#rows.push(row);
    this.#slots.set(row, this.#rows.length);
    for (const number of this.#form.write(value)) this.#numbers.push(number);
  }

  get(row: number): Value | undefined {
    const slot = row < 0 || row >= this.#slots.length ? 0 : this.#slots.at(row);
    return slot === 0 ? undefined : this.#valueAt(slot - 1);
  }

  has(row: number): boolean {
    return row >= 0 && row < this.#slots.length && this.#slots.at(row) > 0;
  }

  rows(): number[] {
    return Array.from({ length: this.#rows.length }, (_, index) => this.#rows.at(index));
  }

  *[Symbol.iterator](): Generator<[row: number, value: Value]> {
    for (let index = 0; index < this.#rows.length; index++)
      yield [this.#rows.at(index), this.#valueAt(index)];
  }

  #valueAt(index: number): Value {
    const first = index * this.#form.width;
    return this.#form.read((offset) => this.#numbers.at(first + offset));
  }
}
