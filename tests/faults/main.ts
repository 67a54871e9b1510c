import { readCommandLine } from '@beyond-headers/local-process/command-line';

readCommandLine({
  usage: `npm run test:faults

The long run of the fault tests: 10,000 orders under 20 kills, then long freezes and outages. Needs nothing but Node.js and
half an hour.`,
});
process.env['FAULTS'] = 'long';
process.argv.push('faults', 'crashes');
await import('../../scripts/test.ts');
