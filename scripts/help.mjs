// `npm run help`: the scripts of package.json with what `scripts-info` says of each. Plain JavaScript without dependencies, so that
// it answers on any Node >= 20 before anything is installed.
import { readFileSync } from 'node:fs';

const { 'scripts-info': info } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);
const withoutRun = ['start', 'test'];
const rows = Object.entries(info).map(([name, text]) => [
  `npm ${withoutRun.includes(name) ? '' : 'run '}${name}`,
  text,
]);
const width = Math.max(...rows.map(([command]) => command.length));
for (const [command, text] of rows) console.log(`${command.padEnd(width)}  ${text}`);
