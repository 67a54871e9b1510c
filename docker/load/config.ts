import { localUrl, port } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

const positive = (fallback: number) =>
  z.coerce.number('Expected a number above 0').positive().default(fallback);

export const loadConfig = z.object({
  WRITER_URL: localUrl(8081).describe('The writer at which orders are placed.'),
  LOAD_RATE: positive(2).describe('Orders a second.'),
  LOAD_REPORT_EVERY: positive(20).describe('Every how many of them asks for a report.'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address that the health check asks; a kubelet needs 0.0.0.0.'),
  HEALTH_PORT: port(8085).describe("Port that the container's health check asks."),
});
