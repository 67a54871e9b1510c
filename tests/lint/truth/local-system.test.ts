import { startLocalSystem } from '@beyond-headers/supervisor';
import { testTruth } from './truth-suite.ts';

testTruth('the local system', () => startLocalSystem({ env: { cluster: { CLUSTER_TIME_SCALE: '0.1' } } }));
