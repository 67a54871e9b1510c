import { testTruth } from './truth-suite.ts';

testTruth('the local system');
