import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SpanKind, carrierOf, caseName, inSpan, play, request, withTraceId } from './harness.mjs';

/** Starts the report program. `environmentOf` returns variables that are added to the parent's environment. */
const start = (environmentOf = () => ({})) =>
  inSpan(
    'run report',
    async () => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [join(import.meta.dirname, 'child-process-report.mjs'), caseName, 'report'],
        {
          encoding: 'utf8',
          env: { ...process.env, ...environmentOf() },
        },
      );
      if (status !== 0) throw new Error(`report ended with ${status}: ${stderr}`);
    },
    { kind: SpanKind.CLIENT, attributes: { 'process.executable.name': 'report' } },
  );

const upperCase = (carrier) =>
  Object.fromEntries(Object.entries(carrier).map(([name, value]) => [name.toUpperCase(), value]));
const withContext = () => start(() => upperCase(carrierOf()));

const RUN = 'a9c1f6d2-5b1e-4f0a-9d55-0e6d3c2b7f18';

await play({
  'with-traceparent': { shop: () => request('/reports', withContext) },
  'without-traceparent': {
    shop: async () => {
      await request('/reports', withContext);
      await request('/reports', () => start());
    },
  },
  // The shop's environment has a TRACEPARENT from the start, which every child inherits.
  'inherited-traceparent': {
    shop: async () => {
      await inSpan('start shop', async () => Object.assign(process.env, upperCase(carrierOf())));
      // Enough to take more than a second on a fast machine: spans that begin within one second may have been started together.
      for (let n = 0; n < 30; n++) await request('/reports', () => start());
    },
  },
  // Steps of a pipeline that derive the trace id from the run's id, and have no parent.
  'trace-id-of-the-run': Object.fromEntries(
    ['build', 'test'].map((step) => [
      step,
      () => withTraceId(RUN, () => inSpan(`run ${step}`, async () => {})),
    ]),
  ),
});
