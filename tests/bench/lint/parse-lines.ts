import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/* The minimum cost of reading the file: JSON.parse, line by line. */

const [path = ''] = process.argv.slice(2);
let values = 0;
for await (const line of createInterface({ input: createReadStream(path) })) {
  if (typeof JSON.parse(line) === 'object') values++;
}
console.log(values);
