// `npm run help`: prints the scripts of package.json with their descriptions in `scripts-info`. Plain JavaScript without
// dependencies, so that it runs on any Node >= 20 before anything is installed.
import { readFileSync } from 'node:fs';

const [unknown] = process.argv.slice(2).filter((argument) => argument !== '--help');
if (unknown !== undefined) {
  const what = unknown.startsWith('-') ? `option '${unknown}'` : `name ${JSON.stringify(unknown)}`;
  console.error(`Unknown ${what}. Expected no name and no option.\n\nnpm run help`);
  process.exit(2);
}

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
