import { readConfig } from '@beyond-headers/service-kit/config';
import { createLogger } from '@beyond-headers/service-kit/logger';
import { openMongo } from '@beyond-headers/service-kit/mongo';
import { carriedVariables } from './carried-variables.ts';
import { reportJobConfig } from './config.ts';
import { endAsAsked } from './demo/end-as-asked.ts';
import { runReportJob } from './run.ts';
import { noteRunTimes } from './run-times.ts';

/** Long, because a pod that lacks CPU time isn't an outage of the database, and another attempt costs another pod. */
const DATABASE_WAIT_MS = 10_000;

const config = readConfig(reportJobConfig);
const completionIndex = config.JOB_COMPLETION_INDEX;
const logger = createLogger('report-job', config.LOG_LEVEL);
const ended = noteRunTimes(config.TERMINATION_MESSAGE_PATH);
// Before the telemetry's own listener, which ends the span of the run.
process.prependOnceListener('exit', ended);
const mongo = openMongo(config.MONGODB_URI, config.MONGODB_DATABASE, 'report-job', DATABASE_WAIT_MS);
try {
  await runReportJob({
    db: mongo.db,
    orderId: config.ORDER_ID,
    identity: { series: [config.K8S_JOB_UID, completionIndex].join('/'), pod: config.K8S_POD_NAME },
    completionIndex,
    beforeWork: () => endAsAsked(config.DEMO_JOB_FAULT),
    carried: carriedVariables(process.env),
    ended,
    logger,
  });
} catch (error) {
  logger.error({ err: error }, 'report failed');
  process.exitCode = 1;
} finally {
  await mongo.close();
}
