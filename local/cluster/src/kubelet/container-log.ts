import { StringDecoder } from 'node:string_decoder';

/** One line of output with its newline. A part of a long line, and a container's last line, may lack the newline. */
export interface LogLine {
  atMs: number;
  text: string;
}

export interface LogQuery {
  tailLines?: number | undefined;
  limitBytes?: number | undefined;
  timestamps?: boolean | undefined;
}

const MAX_BYTES = 1024 * 1024;
// A longer line is cut, as containerd does at 16 KiB. The rest becomes a line of its own.
const MAX_LINE = 16 * 1024;

/** The last MiB of a container's output, with the time of each line. */
export class ContainerLog {
  readonly #lines: LogLine[] = [];
  readonly #listeners = new Set<(line: LogLine | 'end') => void>();
  #bytes = 0;
  #ended = false;

  get bytes(): number {
    return this.#bytes;
  }

  append(text: string): void {
    if (text === '') return;
    const line = { atMs: Date.now(), text };
    this.#lines.push(line);
    this.#bytes += Buffer.byteLength(text);
    while (this.#bytes > MAX_BYTES && this.#lines.length > 1)
      this.#bytes -= Buffer.byteLength(this.#lines.shift()?.text ?? '');
    this.#listeners.forEach((listener) => listener(line));
  }

  /** Marks the log as complete, and ends all followers. */
  end(): void {
    this.#ended = true;
    this.#listeners.forEach((listener) => listener('end'));
    this.#listeners.clear();
  }

  read({ tailLines = Infinity, limitBytes, timestamps }: LogQuery = {}): string {
    const tail = this.#lines.slice(Math.max(0, this.#lines.length - tailLines));
    const text = tail.map((line) => render(line, timestamps)).join('');
    return limitBytes === undefined ? text : Buffer.from(text).subarray(0, limitBytes).toString('utf8');
  }

  /** Calls `listener` for each later line, and then with `'end'`. The returned function unsubscribes it. */
  follow(listener: (line: LogLine | 'end') => void): () => void {
    if (this.#ended) listener('end');
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Drops all lines, because all logs together have grown too large. */
  clear(): void {
    this.#lines.length = 0;
    this.#bytes = 0;
  }
}

/** Returns a writer that splits a stream into lines for the log, and decodes UTF-8 across chunks. */
export function lineWriter(log: ContainerLog): { write(chunk: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string): void => {
    rest += text;
    for (let at = lineEnd(rest); at > 0; at = lineEnd(rest)) {
      log.append(rest.slice(0, at));
      rest = rest.slice(at);
    }
  };
  return {
    write: (chunk) => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end());
      log.append(rest);
      rest = '';
    },
  };
}

function lineEnd(text: string): number {
  const newline = text.indexOf('\n');
  if (newline >= 0) return Math.min(newline + 1, MAX_LINE);
  return text.length > MAX_LINE ? MAX_LINE : 0;
}

export function render(line: LogLine, timestamps = false): string {
  return timestamps ? `${new Date(line.atMs).toISOString()} ${line.text}` : line.text;
}
