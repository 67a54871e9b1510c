import { z } from 'zod';
import { read } from '../../scripts/project-files.ts';

const datasource = z.strictObject({ type: z.literal('prometheus'), uid: z.literal('prometheus') });
const link = z.looseObject({ title: z.string().min(1), url: z.string().startsWith('${jaeger}/') });

/** The part of Grafana's JSON model that the dashboard uses: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
const dashboard = z.strictObject({
  uid: z.string().max(40),
  title: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  schemaVersion: z.int().min(36),
  version: z.int(),
  editable: z.literal(false),
  graphTooltip: z.literal([0, 1, 2]),
  refresh: z.string(),
  timezone: z.string(),
  time: z.strictObject({ from: z.string(), to: z.string() }),
  annotations: z.strictObject({ list: z.array(z.never()) }),
  links: z.array(link.extend({ type: z.literal('link') })),
  templating: z.strictObject({
    list: z.array(
      z.looseObject({ name: z.string(), type: z.literal('textbox'), hide: z.literal(0), query: z.string() }),
    ),
  }),
  panels: z.array(
    z.strictObject({
      id: z.int().min(1),
      type: z.literal('timeseries'),
      title: z.string().min(1),
      description: z.string(),
      datasource,
      gridPos: z.strictObject({ h: z.int(), w: z.int(), x: z.int(), y: z.int() }),
      fieldConfig: z.strictObject({
        defaults: z.looseObject({ unit: z.enum(['s', 'short']), links: z.array(link) }),
        overrides: z.array(z.never()),
      }),
      options: z.looseObject({}),
      targets: z
        .array(
          z.strictObject({
            refId: z.string().regex(/^[A-Z]$/),
            datasource,
            expr: z.string().min(1),
            legendFormat: z.string(),
          }),
        )
        .min(1),
    }),
  ),
});

export type Dashboard = z.infer<typeof dashboard>;

/** Reads the dashboard. Throws if it doesn't match Grafana's JSON model. */
export function readDashboard(): Dashboard {
  return dashboard.parse(JSON.parse(read('docker/metrics/grafana/queue.json')));
}

export const queriesOf = ({ panels }: Dashboard): { panel: string; expr: string }[] =>
  panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ panel: title, expr })));
