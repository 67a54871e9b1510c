import { readCommandLine } from '../../scripts/command-line.ts';

readCommandLine({
  usage: `npm run test:faults

The long run of the fault tests, 10,000 orders and 20 kills. Needs nothing but Node.js and some minutes.`,
});
process.env['FAULTS'] = 'long';
process.argv.push('faults');
await import('../../scripts/test.ts');
