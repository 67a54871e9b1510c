import { demoSuite } from './support/demo-suite.ts';

demoSuite({ cluster: 'light', node: 'light-cluster', memoryBudgetMib: 1024 });
