import { z } from 'zod';
import { orderSwitches } from './demo-switches.ts';
import { inDecimal } from './in-decimal.ts';
import { pauseView } from './order-pause.ts';
import { orderStatus } from './order-status.ts';
import { every, startTime } from './schedule.ts';
import { partCount } from './parts.ts';

/** Glossary: an **order** is the document and the message; the **carrier** is its `context` field. */

/** Well-formed Unicode: MongoDB stores text as UTF-8, which can't hold half of a surrogate pair, so the text would change. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((given) => given.isWellFormed(), 'expected Unicode text, got half of a surrogate pair');
const cents = z.int().min(0).max(100_000_000);

/** The maximum number of approvals that an order can need. */
export const MAX_APPROVALS = 5;

/** An ObjectId as text: 24 lower-case hex digits, which sort by creation. */
export const orderId = z
  .string()
  .regex(/^[0-9a-f]{24}$/, 'expected 24 lower-case hex digits')
  .describe('The id of the order: 24 lower-case hex digits.');

const orderItem = z
  .strictObject({
    sku: text(64),
    quantity: z.int().min(1).max(10_000),
    unitPriceCents: cents,
  })
  .meta({ id: 'OrderItem', description: 'One item of an order.' });

/** Body of `POST /orders`. Unknown fields are refused, so no `$` operator can pass. */
export const placeOrder = z
  .strictObject({
    customer: text(200),
    items: z.array(orderItem).min(1).max(50),
    report: z
      .boolean()
      .optional()
      .describe(
        'Whether the poller requests a Kubernetes Job that makes a report. The order does not wait for this Job. Default: no.',
      ),
    approval: z
      .union([z.boolean(), z.int().min(1).max(MAX_APPROVALS)])
      .optional()
      .describe(
        '`true`: the order waits for an approval. A number: it waits for that many approvals, one after another. Default: `false`.',
      ),
    availableAt: startTime.optional(),
    every: every.optional(),
    parts: partCount.optional(),
    demo: orderSwitches.optional(),
  })
  .refine((order) => !(order.report && order.every), {
    path: ['report'],
    message: "expected no report with `every`: a report's Job is named after its order, so there is one",
  })
  .refine((order) => !(order.parts && order.every), {
    path: ['parts'],
    message:
      'expected no parts with `every`: the parts of an order have fixed ids, so there is one set of them',
  })
  .meta({
    id: 'PlaceOrder',
    description: 'An order to place. The writer refuses a body with other fields.',
    examples: [
      { customer: 'ada', items: [{ sku: 'lamp', quantity: 1, unitPriceCents: 1_999 }], report: true },
    ],
  });

/** Reports whether the work on an order has several steps, between which it stops. */
export const hasSteps = ({
  approval,
  every: recurs,
  parts,
}: Pick<PlaceOrder, 'approval' | 'every' | 'parts'>): boolean =>
  Boolean(approval) || recurs !== undefined || parts !== undefined;

export const traceId = z.string().regex(/^[0-9a-f]{32}$/);

export const placedOrder = z
  .object({
    orderId,
    status: orderStatus,
    traceId: traceId
      .optional()
      .describe('The id of the trace in which the order was placed. Absent while telemetry is off.'),
    links: z.object({
      self: z.string().describe('The path of the order at the writer.'),
      trace: z.string().optional().describe('The URL of a page that shows the trace.'),
    }),
  })
  .meta({ id: 'PlacedOrder', description: 'An order that the writer accepted.' });

export const orderView = z
  .object({
    orderId,
    customer: z.string(),
    items: z.array(orderItem),
    report: z.boolean().describe('Whether the order asks for a report.'),
    status: orderStatus,
    createdAt: z.iso.datetime().describe("When the order was created, by the database's clock."),
    endedAt: z.iso
      .datetime()
      .optional()
      .describe("When the work on the order ended, by the database's clock. Absent until then."),
    attempts: z
      .int()
      .describe(
        'The number of attempts since the order was placed. The count starts again when the order stops to wait, and when it is put back into the queue after it failed for good. An attempt does not count if a service that it needs was unavailable, or if the poller stopped.',
      ),
    traceIds: z
      .array(traceId)
      .describe('The ids of all traces that contain work on the order, the oldest first.'),
    every: every.optional(),
    runs: z.int().optional().describe('How many runs of a recurring order have ended.'),
    availableAt: z.iso
      .datetime()
      .optional()
      .describe(
        'The earliest time at which the work starts or continues. Present only for a pending order that starts at a set time or recurs.',
      ),
    approvalsLeft: z
      .int()
      .optional()
      .describe('How many more approvals the order needs. Absent if it was placed without `approval`.'),
    parts: z
      .array(orderId)
      .optional()
      .describe("The ids of the orders into which this order is split. Absent if it isn't split."),
    partOf: orderId.optional().describe('The id of the order of which this order is a part.'),
    pause: pauseView
      .optional()
      .describe('Why and when the work last stopped to wait. Absent if the work never stopped to wait.'),
    error: z.string().optional().describe('Why the last attempt failed.'),
  })
  .meta({ id: 'Order', description: 'An order, without the internal fields of its document.' });

/** Query of `GET /orders`. */
export const listOrders = z.strictObject({
  status: orderStatus.optional().describe('Return only orders with this status.'),
  limit: inDecimal(z.coerce.number().int().min(1).max(100))
    .default(20)
    .describe('The maximum number of results.'),
  after: orderId
    .optional()
    .describe('The value of `next` from the previous page. The answer is the page after it.'),
});

export const orderPage = z
  .object({
    orders: z.array(orderView),
    next: orderId
      .optional()
      .describe('The value for `after` with which you get the next page. Absent on the last page.'),
    malformed: z
      .int()
      .optional()
      .describe(
        'How many documents are left out of this page because they are malformed. The log of the writer names them.',
      ),
  })
  .meta({ id: 'OrderPage', description: 'One page of orders, newest first.' });

export type PlaceOrder = z.infer<typeof placeOrder>;
export type PlacedOrder = z.infer<typeof placedOrder>;
export type OrderView = z.infer<typeof orderView>;
export type OrderItem = z.infer<typeof orderItem>;
export type ListOrders = z.infer<typeof listOrders>;
export type OrderPage = z.infer<typeof orderPage>;
