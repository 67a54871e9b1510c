import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { chosen } from './support/choice.ts';
import { run, tool } from './support/tools.ts';
import { OTHER_VERSIONS, SDKS } from './support/versions.ts';

const SUITES = ['packages/propagation/src/**/*.test.ts', 'tests/conformance/propagation/**/*.test.ts'];

for (const { api, sdk } of chosen(SDKS)) {
  test(`propagation's suites pass with API ${api} and SDK ${sdk}`, () => {
    const ofSdk = ['core', 'context-async-hooks', 'sdk-trace', 'resources', 'propagator-b3'];
    const modules = tool(`api-${api}-sdk-${sdk}`, {
      '@opentelemetry/api': api,
      ...Object.fromEntries(ofSdk.map((name) => [`@opentelemetry/${name}`, sdk])),
    });
    const preload = join(import.meta.dirname, 'support/other-versions.ts');
    const args = ['--import', preload, '--test', '--test-timeout=180000', '--test-concurrency=2'];
    run(ROOT, process.execPath, [...args, ...globSync(SUITES, { cwd: ROOT })], {
      [OTHER_VERSIONS]: dirname(modules),
      // With this variable, the nested tests would report to this test run.
      NODE_TEST_CONTEXT: undefined,
    });
  });
}
