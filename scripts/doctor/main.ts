import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { findingsOf } from './findings.ts';
import { probe } from './probe.ts';

readCommandLine({
  usage: `npm run doctor

Says why \`docker compose up\` may not work here, and what to do about it. Ends with 1 when it can't work.`,
});

const findings = findingsOf(await probe(process.env));
for (const { level, cause, next } of findings) {
  console.log(`${level === 'error' ? '✖' : '!'} ${cause}\n    → ${next}`);
}
const failed = findings.some(({ level }) => level === 'error');
if (!failed) console.log('✔ Found no problems. Next: docker compose up --build --wait');
process.exitCode = failed ? 1 : 0;
