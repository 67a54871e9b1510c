import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { announcedSystems, RUNS_DIRECTORY } from '@beyond-headers/supervisor';
import { findingsOf } from './findings.ts';
import { probe } from './probe.ts';
import { conclusionOf, lineOf } from './report.ts';
import { WAYS, type Way } from './ways.ts';

const isWay = (name: string): name is Way => name in WAYS;

const { positionals } = readCommandLine({
  usage: `npm run doctor -- [start | compose | cluster]

Says what stands in the way of the demo, and what to do about it: of \`npm start\`, of \`docker compose up\`, or of \`tilt up\`.
Without a name: of \`npm start\` where it runs now, else of \`docker compose up\`. Ends with 1 when something does.`,
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
