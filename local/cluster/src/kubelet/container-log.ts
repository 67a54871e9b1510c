import { StringDecoder } from 'node:string_decoder';

/** One line of output; the last one of a container may lack its line end. */
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
// A line longer than this is cut, as containerd does at 16 KiB; the rest follows as a line of its own.
const MAX_LINE = 16 * 1024;

/** The output of a container: the last MiB of it, with the time of each line. */
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

  /** No more lines come: ends everyone who follows. */
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

  /** Calls back for each line from now on, then with `'end'`; the returned function stops it. */
  follow(listener: (line: LogLine | 'end') => void): () => void {
    if (this.#ended) listener('end');
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets the text, because all logs together have grown too large. */
  clear(): void {
    this.#lines.length = 0;
    this.#bytes = 0;
  }
}

/** A writer for one stream: it gives whole lines to the log, decoding UTF-8 across chunks. */
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
