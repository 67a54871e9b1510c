import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/* What reading the file costs at the least: JSON.parse, line by line. */

const [path = ''] = process.argv.slice(2);
let values = 0;
for await (const line of createInterface({ input: createReadStream(path) })) {
  if (typeof JSON.parse(line) === 'object') values++;
}
console.log(values);
