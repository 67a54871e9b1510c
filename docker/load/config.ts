import { localUrl, port } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

const positive = (fallback: number) =>
  z.coerce.number('Expected a number above 0').positive().default(fallback);

export const loadConfig = z.object({
  WRITER_URL: localUrl(8081).describe('The URL of the writer, which gets the orders.'),
  LOAD_RATE: positive(2).describe('The number of orders a second.'),
  LOAD_REPORT_EVERY: positive(20).describe(
    'How often an order asks for a report: with 20, every 20th order does.',
  ),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('The address on which the health check listens. In a pod, it must be 0.0.0.0.'),
  HEALTH_PORT: port(8085).describe("The port of the container's health check."),
});
