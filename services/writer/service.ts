import { OBEYS_SWITCHES, type LastingService } from '@beyond-headers/service-kit/service';

export const service = {
  name: 'writer',
  port: { variable: 'WRITER_PORT', number: 8081 },
  isTraced: true,
  needs: {
    mongodb: [{ collection: 'orders', actions: ['find', 'insert', 'update', 'createIndex'] }],
  },
  environment: { TRACES_URL: 'traces', ...OBEYS_SWITCHES },
} satisfies LastingService;
