import { readConfig } from '@beyond-headers/service-kit/config';
import { createLogger } from '@beyond-headers/service-kit/logger';
import { openMongo } from '@beyond-headers/service-kit/mongo';
import { carriedVariables } from '../../../services/report-job/carried-variables.ts';
import { reportJobConfig } from '../../../services/report-job/config.ts';
import { endAsAsked } from '../../../services/report-job/demo/end-as-asked.ts';
import { runReportJob } from '../../../services/report-job/run.ts';
import { noteRunTimes } from '../../../services/report-job/run-times.ts';

/* The imports of services/report-job/main.ts. The array uses them, so that a bundler doesn't remove them. */
const loaded = [
  readConfig,
  createLogger,
  openMongo,
  carriedVariables,
  reportJobConfig,
  endAsAsked,
  runReportJob,
  noteRunTimes,
];
if (!loaded.every(Boolean)) throw new Error('The entry loaded less than the report-job.');

console.log(JSON.stringify({ startMs: performance.now(), rssMiB: process.memoryUsage().rss / 2 ** 20 }));
// The exit is not part of the start.
process.exit(0);
