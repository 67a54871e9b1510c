import type { ServerName } from '../../support/servers.ts';

/** A foreign system. Its program is `systems/NAME.mjs` or `systems/NAME.py`. */
export interface System {
  name: string;
  /** The server that the program needs. */
  server?: ServerName;
  /** Whether its packages are development dependencies of this project, so that nothing has to be installed. */
  bundled: boolean;
  language?: 'python';
}

export const SYSTEMS: readonly System[] = [
  { name: 'agenda', server: 'mongodb', bundled: true },
  { name: 'aiokafka_kfake', server: 'kafka', bundled: false, language: 'python' },
  { name: 'amqplib', server: 'rabbitmq', bundled: false },
  { name: 'bullmq', server: 'redis', bundled: false },
  { name: 'celery_redis', server: 'redis', bundled: false, language: 'python' },
  { name: 'child-process', bundled: true },
  { name: 'graphile-worker', server: 'postgresql', bundled: false },
  { name: 'http-proxy', bundled: true },
  { name: 'kafkajs', server: 'kafka', bundled: false },
  { name: 'mongo-outbox', server: 'mongodb', bundled: true },
  { name: 'pg-boss', server: 'postgresql', bundled: false },
  { name: 'pika_rabbitmq', server: 'rabbitmq', bundled: false, language: 'python' },
];
