import { OBEYS_SWITCHES, type LastingService } from '@beyond-headers/service-kit/service';

export const service = {
  name: 'playground',
  port: { variable: 'PLAYGROUND_PORT', number: 8080 },
  // The playground forwards the page's trace, and is not part of it.
  isTraced: false,
  isIdleUntilCalled: true,
  // A Node.js function that strips the types from the page's modules still prints a warning.
  nodeOptions: ['--disable-warning=ExperimentalWarning'],
  needs: {
    services: { WRITER_URL: 'writer', POLLER_URL: 'poller', JOB_LAUNCHER_URL: 'job-launcher' },
  },
  environment: {
    TRACES_URL: 'traces',
    TRACES_QUERY_URL: 'traces-query',
    LOGS_QUERY_URL: 'logs-query',
    ...OBEYS_SWITCHES,
  },
} satisfies LastingService;
