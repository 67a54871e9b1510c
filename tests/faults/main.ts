import { readCommandLine } from '@beyond-headers/local-process/command-line';

readCommandLine({
  usage: `npm run test:faults

Tests whether an order is lost if processes crash or don't answer. The command kills pollers 20 times while they work on 10,000 orders.
Then it stops or freezes MongoDB and other parts of the demo for a long time. It needs only Node.js, and takes half an hour.`,
});
process.env['FAULTS'] = 'long';
process.argv.push('faults', 'crashes');
await import('../../scripts/test.ts');
