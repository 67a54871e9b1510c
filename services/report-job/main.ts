import { readConfig } from '@beyond-headers/service-kit/config';
import { createLogger } from '@beyond-headers/service-kit/logger';
import { openMongo } from '@beyond-headers/service-kit/mongo';
import { reportJobConfig } from './config.ts';
import { runReportJob } from './run.ts';

const config = readConfig(reportJobConfig);
const logger = createLogger('report-job', config.LOG_LEVEL);
const mongo = openMongo(config.MONGODB_URI, config.MONGODB_DATABASE, 'report-job');
try {
  await runReportJob(mongo.db, config.ORDER_ID, logger);
} catch (error) {
  logger.error({ err: error }, 'report failed');
  process.exitCode = 1;
} finally {
  await mongo.close();
}
