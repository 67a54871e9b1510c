import { startLocalSystem } from '@beyond-headers/supervisor';
import { testTruth } from './truth-suite.ts';

testTruth('the local system', () => startLocalSystem());
