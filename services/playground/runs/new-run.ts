import { orderId } from '@beyond-headers/contracts';
import { HttpProblem } from '@beyond-headers/service-kit';
import type { Request } from 'express';
import { z } from 'zod';
import { MAX_CUSTOMER_LENGTH, type RunSettings } from '../view/settings.ts';
import { RUN_EVERY_S, SWITCHES, type Switch, type SwitchName } from '../view/switches.ts';

/** The header that the page creates at the click. It is always sampled, because otherwise there would be nothing to show. */
const clickTraceparent = z
  .string()
  .regex(
    /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[13]$/,
    'expected 00-<trace id>-<span id>-01 or -03',
  );

const MEANINGS: Readonly<Record<SwitchName, string>> = {
  document: 'What the document of an order carries, as in [DemoSwitches](#demoswitches).',
  job: "What the Job's environment carries, as in [DemoSwitches](#demoswitches).",
  shape: "How the poller's span relates to the context in the document, as in [DemoSwitches](#demoswitches).",
  report:
    'Whether the poller, as the last step of the work, requests a Job that makes a report about the order.',
  failTimes: 'How many of the first attempts at an order fail.',
  handlerMs: 'The minimum duration of each attempt at an order, in milliseconds.',
  jobFault:
    'How every attempt of the Job ends, as in [DemoSwitches](#demoswitches). With `none`, it ends without a fault.',
  orders: 'The number of orders that the run places.',
  approval: 'The number of approvals that an order needs, one after another.',
  segment:
    'The span in whose context an order resumes after an approval, as in [DecisionSwitches](#decisionswitches).',
  parts: 'The number of parts into which an order is split. With 0, it is not split.',
  join: 'The context in which an order resumes after its last part has ended, as in [OrderSwitches](#orderswitches).',
  startsIn: 'The time from the click until the work on an order may start, in seconds.',
  runs: `The number of times that an order is processed, once every ${RUN_EVERY_S} seconds.`,
};

const switchSchemas = Object.fromEntries(
  Object.entries(SWITCHES).map(([name, each]) => [name, schemaOf(each, MEANINGS[name as SwitchName])]),
);

export const runSettings = z
  .strictObject({ customer: z.string().min(1).max(MAX_CUSTOMER_LENGTH), ...switchSchemas })
  .meta({
    id: 'RunSettings',
    description:
      "The settings in the playground's form. The bold text in a row is the label of the setting in the form.",
  }) as unknown as z.ZodType<RunSettings>;

function schemaOf({ label, options, range }: Switch, what: string): z.ZodType {
  const meaning = `${what} In the form: **${label}**.`;
  if (range) return z.int().min(range.min).max(range.max).describe(meaning);
  const values = options.map(({ value }) => value);
  return (values.includes(true) ? z.boolean() : z.literal(values)).describe(meaning);
}

export const newRun = z
  .strictObject({
    traceparent: clickTraceparent.describe(
      'The trace context that the page created for the click. Its sampled flag is always set.',
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
  .describe(
    'The id of the run: the id of the trace that began with the click on **Run**, as 32 lower-case hex digits.',
  );

/** Returns the run id in the path. Throws a 404 if it is not a trace id. */
export function runIdIn({ params }: Request): string {
  const { success, data } = runId.safeParse(params.runId);
  if (!success) throw new HttpProblem(404, 'A run is named by its trace id: 32 lower-case hex digits.');
  return data;
}

/** Query of `GET /api/runs/:runId/carriers`. */
export const carriersQuery = z.object({ orderId });

export const startedRun = z.object({ runId, orderIds: z.array(z.string()) }).meta({
  id: 'StartedRun',
  description: 'The run of the playground that was started, and the ids of its orders.',
});
