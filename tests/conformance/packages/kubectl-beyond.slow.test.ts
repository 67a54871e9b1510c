import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { startTraceStore } from '@beyond-headers/trace-store';
import { waitForTrace } from '@beyond-headers/traces';
import type { KrewManifest } from '../../../scripts/pack/krew-manifest.ts';
import { packPlugIn, type PackedPlugIn } from '../../../scripts/pack/plug-in.ts';

let folder: string;
let packed: PackedPlugIn;
let installed: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packed-plug-in-'));
  packed = await packPlugIn(folder);
  // Installs the plug-in as krew does: in its own folder, without the project's dependencies.
  installed = join(folder, 'installed');
  mkdirSync(installed);
  execFileSync('tar', ['-xzf', packed.archive, '-C', installed]);
});
after(() => rmSync(folder, { recursive: true }));

test('manifest names what the archive holds', () => {
  const [platform] = (parse(readFileSync(packed.manifest, 'utf8')) as KrewManifest).spec.platforms;
  assert.equal(platform?.sha256, createHash('sha256').update(readFileSync(packed.archive)).digest('hex'));
  const files = execFileSync('tar', ['-tzf', packed.archive], { encoding: 'utf8' }).trim().split('\n');
  assert.deepEqual(
    platform.files.map(({ from }) => from),
    files,
  );
  assert.ok(files.includes(platform.bin));
});

test('licenses of what is in the program are beside it', () => {
  const licenses = readFileSync(join(installed, 'THIRD-PARTY-LICENSES'), 'utf8');
  for (const name of ['@opentelemetry/sdk-trace', 'import-in-the-middle', 'require-in-the-middle']) {
    assert.match(licenses, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\([A-Z]`, 'm'));
  }
});

test('program in one file says how to use it', async () => {
  const { code, said } = await run([], {});
  assert.equal(code, 2);
  assert.match(said, /^got no command, expected run or of\.\n\nUsage: kubectl beyond run/);
});

test('program in one file exports its span', async (t) => {
  const traces = await startTraceStore();
  t.after(() => traces.close());
  const created = join(folder, 'created.json');
  writeFileSync(join(installed, 'kubectl'), KUBECTL, { mode: 0o755 });
  const { code, said } = await run(['run', '--', 'create', 'job', 'x'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl,
    CREATED: created,
  });
  assert.equal(code, 0, said);
  const [, traceId = ''] = /^trace ([0-9a-f]{32})$/m.exec(said) ?? [];
  const [span] = await waitForTrace(traces.queryUrl, traceId, undefined, { deadlineMs: 30_000 });
  assert.equal(`${span?.service} ${span?.name}`, 'kubectl kubectl create');
  const { metadata } = JSON.parse(readFileSync(created, 'utf8')) as {
    metadata: { annotations: Record<string, string> };
  };
  assert.equal(metadata.annotations['tracing.k8s.io/traceparent'], `00-${traceId}-${span?.spanId}-01`);
});

/** Prints a Job for a dry run, and otherwise saves the object that it is asked to create. */
const KUBECTL = `#!/bin/sh
case "$*" in
  *--dry-run*) echo '{"kind": "Job", "metadata": {"name": "x"}, "spec": {"template": {"spec": {"containers": []}}}}' ;;
  *) cat >"$CREATED" ;;
esac
`;

function run(args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; said: string }> {
  const PATH = [installed, dirname(process.execPath), process.env['PATH']].join(delimiter);
  return new Promise((resolve) => {
    execFile(
      join(installed, 'kubectl-beyond'),
      args,
      { cwd: installed, env: { PATH, ...env } },
      (failure, out, error) => resolve({ code: failure ? Number(failure.code) : 0, said: out + error }),
    );
  });
}
