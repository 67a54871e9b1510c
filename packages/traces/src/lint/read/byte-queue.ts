/** A stream of bytes. Its next bytes can be inspected before they are read, and it can be read in pieces of any length. */
export class ByteQueue implements AsyncIterable<Buffer> {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer[] = [];
  #length = 0;
  /** The number of bytes that were taken. */
  position = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Returns the next bytes, which remain in the queue. At the end of the stream, returns fewer. */
  async peek(length: number): Promise<Buffer> {
    while (this.#length < length) {
      const next = await this.#chunks.next();
      if (next.done) break;
      this.#held.push(next.value);
      this.#length += next.value.length;
    }
    if ((this.#held[0]?.length ?? 0) < length) this.#held = [Buffer.concat(this.#held)];
    return (this.#held[0] ?? Buffer.alloc(0)).subarray(0, length);
  }

  /** Throws a `RangeError` if the stream has fewer bytes. */
  async take(length: number): Promise<Buffer> {
    const taken = await this.peek(length);
    if (taken.length < length) throw new RangeError(`${length} bytes expected, ${taken.length} there`);
    const [first = taken, ...others] = this.#held;
    this.#held = first.length > length ? [first.subarray(length), ...others] : others;
    this.#length -= length;
    this.position += length;
    return taken;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    yield* this.#held;
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next()) yield next.value;
  }
}
