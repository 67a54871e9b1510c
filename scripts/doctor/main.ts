import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { announcedSystems, RUNS_DIRECTORY } from '@beyond-headers/supervisor';
import { findingsOf } from './findings.ts';
import { probe } from './probe.ts';
import { conclusionOf, lineOf } from './report.ts';
import { WAYS, type Way } from './ways.ts';

const isWay = (name: string): name is Way => name in WAYS;

const { positionals } = readCommandLine({
  usage: `npm run doctor -- [start | compose | cluster]

Checks whether the demo can run on this machine, and says how to fix what is missing.

  start     checks what \`npm start\` needs
  compose   checks what \`docker compose up\` needs
  cluster   checks what \`tilt up\` needs

Without a name, the command checks \`npm start\` if it is running now, and \`docker compose up\` otherwise.
Exit codes: 0 if the demo can run, 1 if something is missing.`,
  names: Object.keys(WAYS),
});

const runsNow = (await announcedSystems(RUNS_DIRECTORY)).length > 0;
const way = positionals.find(isWay) ?? (runsNow ? 'start' : 'compose');
const facts = await probe(process.env, way);
const findings = findingsOf(facts, way);
for (const finding of findings) console.log(lineOf(finding));
const failed = findings.some(({ level }) => level === 'error');
if (!failed) console.log(conclusionOf(facts, way));
process.exitCode = failed ? 1 : 0;
