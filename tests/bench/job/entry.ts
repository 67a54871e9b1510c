// What a job's entry loads before its first line of work: the same modules as services/report-job/main.ts.
import '../../../services/report-job/config.ts';
import '../../../services/report-job/run.ts';
import '@beyond-headers/service-kit/config';
import '@beyond-headers/service-kit/logger';
import '@beyond-headers/service-kit/mongo';

console.log(JSON.stringify({ startMs: performance.now(), rssMiB: process.memoryUsage().rss / 2 ** 20 }));
// What comes after is not the start.
process.exit(0);
