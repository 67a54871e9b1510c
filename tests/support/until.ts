export { until } from '@beyond-headers/local-process';
