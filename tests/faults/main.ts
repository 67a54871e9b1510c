/** `npm run test:faults`: the long run of the fault tests, 10,000 orders and 20 kills. Needs nothing but Node and some minutes. */
process.env['FAULTS'] = 'long';
process.argv.push('faults');
await import('../../scripts/test.ts');
