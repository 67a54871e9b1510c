import type { JobCarrier, StoredOrder } from '@beyond-headers/contracts';
import { environmentRows } from '../view/carriers.ts';
import type { CarrierRow, CarrierView } from '../view/types.ts';
import { getJson } from './http.ts';

/** Reads what carried the context of an order: the stored document and the created Job. The other carriers are derived from spans. */
export async function readCarriers(
  orderId: string,
  writerUrl: string,
  jobLauncherUrl: string,
): Promise<CarrierView[]> {
  const [document, job] = await Promise.all([
    getJson<StoredOrder>('writer', `${writerUrl}/orders/${orderId}/carrier`),
    getJson<JobCarrier>('job-launcher', `${jobLauncherUrl}/reports/report-${orderId}/carrier`),
  ]);
  return [documentView(document), jobView(job)];
}

function documentView(carrier: StoredOrder | undefined): CarrierView {
  if (!carrier) return unknown('document', 'The writer shows it with DEMO_CONTROLS=on only.');
  const { context, ...rest } = carrier.document;
  return {
    id: 'document',
    rows: [
      ...Object.entries(rest).map(([name, value]) => row(name, textOf(value), 'other')),
      ...contextRows(context),
    ],
    isKnown: true,
    source: 'The order in MongoDB, as the writer stored it.',
  };
}

/** Returns the fields of the context. A context that is not an object, such as a string, has no fields that a reader finds. */
function contextRows(context: unknown): CarrierRow[] {
  if (context === undefined) return [];
  if (!isRecord(context)) return [row('context', textOf(context), 'unread')];
  return Object.entries(context).map(([name, value]) => row(`context.${name}`, textOf(value), 'carries'));
}

function jobView(carrier: JobCarrier | undefined): CarrierView {
  if (!carrier)
    return unknown('job', 'There is no Job, or its launcher does not show it (DEMO_CONTROLS=on).');
  return {
    id: 'job',
    rows: [
      ...environmentRows(carrier.env).map((variable) => ({ ...variable, name: `env ${variable.name}` })),
      ...Object.entries(carrier.annotations).map(([name, value]) =>
        row(`annotation ${name}`, value, 'other'),
      ),
    ],
    isKnown: true,
    source: 'The Job as Kubernetes has it; other variables are left out.',
  };
}

const unknown = (id: CarrierView['id'], source: string): CarrierView => ({
  id,
  rows: [],
  isKnown: false,
  source,
});

const row = (name: string, value: string, role: CarrierRow['role']): CarrierRow => ({ name, value, role });

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
