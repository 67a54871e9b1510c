import type { DemoSwitches } from '@beyond-headers/contracts';
import { captureContext, type DocumentContext } from '@beyond-headers/propagation';
import { demoContexts } from '@beyond-headers/service-kit';
import type { NewOrder } from '../send-order.ts';

/** Applies the switch `demo.document` to the complete document of an order. Changes nothing without it. */
export function spoilCarrier(order: NewOrder): NewOrder {
  const { context, ...rest } = order;
  const carried = SPOILED[order.demo?.document ?? 'on'](context);
  return { ...rest, ...(carried && { context: carried }) };
}

type Spoil = (context: DocumentContext | undefined) => DocumentContext | undefined;

const SPOILED: Record<NonNullable<DemoSwitches['document']>, Spoil> = {
  on: (context) => context,
  off: () => undefined,
  stale: () => captureContext(demoContexts.stale()),
  early: () => captureContext(demoContexts.early()),
  text: (context) => context && asText(context),
};

/** Violates the type on purpose, as untyped code would: a propagator finds no fields in a string. */
function asText(context: DocumentContext): DocumentContext {
  return JSON.stringify(context) as unknown as DocumentContext;
}
