import type { EdgeRow } from '@beyond-headers/traces';
import { usualPort } from '../../../services/services.ts';
import { SCENARIOS } from '../../scenarios/scenarios.ts';
import { describeFlow } from './flows.ts';

const MONGO = { to: 'mongo', port: 27_017 };
const JAEGER = { to: 'jaeger', port: 4_318 };
const API_SERVER = { to: 'anywhere', port: 443 };

interface Span {
  label: string;
  service: string;
  kind: string;
  name: string;
}

export interface Needed {
  flow: string;
  /** The span that needs the flow. */
  span: string;
}

/**
 * Returns the flows that the joined traces need. A call needs a flow from the caller to the server. A carrier needs no flow from the sender
 * to the receiver, which is the point of this project. The sender writes it to a medium, and the receiver reads it there.
 */
export function neededByTrace(): Needed[] {
  const rows = SCENARIOS.flatMap(({ traces }) => traces.flat());
  const needed = rows.flatMap(([parent, child]) =>
    parent === null ? [] : acrossEdge(read(parent), read(child)),
  );
  const senders = new Set(rows.map(([, child]) => read(child).service));
  return unique([
    ...needed,
    ...[...senders].map((service) => ({ flow: describeFlow({ from: service, ...JAEGER }), span: 'any' })),
  ]);
}

function read(label: EdgeRow[1]): Span {
  const [service = '', kind = '', ...rest] = label.split(' ');
  return { label, service, kind, name: rest.join(' ') };
}

function acrossEdge(parent: Span, child: Span): Needed[] {
  const flow = (from: string, end: { to: string; port: number }): Needed => ({
    flow: describeFlow({ from, ...end }),
    span: child.label,
  });
  const isOtherService = parent.service !== child.service;
  if (child.kind === 'SERVER' && isOtherService) {
    return [flow(parent.service, { to: child.service, port: usualPort(child.service) })];
  }
  // The order's document holds the context.
  if (isOtherService && ['send orders', 'approve orders'].includes(parent.name))
    return [flow(parent.service, MONGO), flow(child.service, MONGO)];
  // Kubernetes itself gives the environment to the pod.
  if (isOtherService && parent.name === 'launch report-job') return [flow(parent.service, API_SERVER)];
  if (isOtherService)
    throw new Error(`The tests do not know how a trace gets from ${parent.label} to ${child.label}.`);
  if (child.kind !== 'CLIENT') return [];
  if (parent.name === 'launch report-job') return [flow(child.service, API_SERVER)];
  // If the call's server is in the tree, the server's row has the flow.
  return child.name === 'POST' ? [] : [flow(child.service, MONGO)];
}

const unique = (all: Needed[]): Needed[] => [
  ...new Map(all.map((one) => [`${one.flow} ${one.span}`, one])).values(),
];
