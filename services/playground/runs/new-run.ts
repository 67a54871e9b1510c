import { orderId } from '@beyond-headers/contracts';
import { HttpProblem } from '@beyond-headers/service-kit';
import type { Request } from 'express';
import { z } from 'zod';
import { MAX_CUSTOMER_LENGTH, type RunSettings } from '../view/settings.ts';
import { SWITCHES, type Switch } from '../view/switches.ts';

/** The header that the page makes at the click; always sampled, or there would be nothing to look at. */
const clickTraceparent = z
  .string()
  .regex(
    /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[13]$/,
    'expected 00-<trace id>-<span id>-01 or -03',
  );

const switchSchemas = Object.fromEntries(
  Object.entries(SWITCHES).map(([name, each]) => [name, schemaOf(each)]),
);

export const runSettings = z
  .strictObject({ customer: z.string().min(1).max(MAX_CUSTOMER_LENGTH), ...switchSchemas })
  .meta({
    id: 'RunSettings',
    description:
      "The settings in the playground's form. For each setting, the table names the field of the form, and quotes its hint. [DemoSwitches](#demoswitches) explains the values.",
  }) as unknown as z.ZodType<RunSettings>;

function schemaOf({ label, hint, options, range }: Switch): z.ZodType {
  const meaning = `The field **${label}** of the form. Its hint is: "${hint}"`;
  if (range) return z.int().min(range.min).max(range.max).describe(meaning);
  const values = options.map(({ value }) => value);
  return (values.includes(true) ? z.boolean() : z.literal(values)).describe(meaning);
}

export const newRun = z
  .strictObject({
    traceparent: clickTraceparent.describe(
      'The trace context of the click, which the page created. The sampled flag is always set.',
    ),
    clickedAtMs: z
      .number()
      .min(0)
      .describe("The time of the click by the browser's clock, in milliseconds since 1970."),
    settings: runSettings,
  })
  .meta({ id: 'NewRun', description: 'A click on **Run**.' });

export type NewRun = z.infer<typeof newRun>;

export const runId = z
  .string()
  .regex(/^(?!0{32})[0-9a-f]{32}$/, 'expected 32 lower-case hex digits')
  .describe('The trace id of the click: 32 lower-case hex digits.');

/** The run that a path names. Throws the problem that it names none. */
export function runIdIn({ params }: Request): string {
  const { success, data } = runId.safeParse(params.runId);
  if (!success) throw new HttpProblem(404, 'A run is named by its trace id: 32 lower-case hex digits.');
  return data;
}

/** Query of `GET /api/runs/:runId/carriers`. */
export const carriersQuery = z.object({ orderId });

export const startedRun = z
  .object({ runId, orderIds: z.array(z.string()) })
  .meta({ id: 'StartedRun', description: 'The run that was started, and the ids of its orders.' });
