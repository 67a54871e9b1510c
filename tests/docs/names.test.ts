import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { ATTR, demoSwitches, METRIC, SPAN } from '@beyond-headers/contracts';
import { INSTRUMENTED_SPANS } from '@beyond-headers/contracts/telemetry';
import { TELEMETRY_VARIABLES } from '@beyond-headers/telemetry/variables';
import { codeSpans } from '../../scripts/docs/markdown.ts';
import { find, isThere, read } from '../../scripts/project-files.ts';

/** Pages for users. Excludes decisions, which may name removed things, and pages about other software. */
const pages = find('**/*.md').filter(
  (page) =>
    !page.startsWith('docs/decisions/') &&
    !['CHANGELOG.md', 'docs/reference/surprises.md', 'findings/README.md'].includes(page),
);

const SCREAMING = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;
/** Code that reads or sets variables. Tests of the system don't count, because they may set variables that no code reads. */
const CODE = [
  '{packages,services,local,docker,scripts,examples}/**/*.{ts,mjs,js,py,go,sh}',
  'docker-compose.yml',
  '.env',
  'scripts/ci/jaeger',
  '{k8s,examples}/**/*.yaml',
  'tests/conformance/**/*.ts',
];
/** Names that this code doesn't use: variables of OpenTelemetry's packages and other tools, a file name, and names in examples. */
const OTHERS = new Set([
  'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
  'GITHUB_ENV',
  'NODE_VERSION',
  'YARN_VERSION',
  'CODE_OF_CONDUCT',
  'STRICT_LEVEL',
  'SPEC_LEVEL',
  'MAX_METADATA_BYTES',
]);

test('every variable that a page names is in the code', () => {
  const files = find(...CODE).filter(
    (file) => !/^(packages|services|local)\/.*\.test\.ts$|\/testing\//.test(file),
  );
  const known = new Set(files.flatMap((file) => read(file).match(SCREAMING) ?? []));
  // The code composes some of these names.
  for (const name of Object.keys(TELEMETRY_VARIABLES)) known.add(name);
  assertNone((page) =>
    (read(page).match(SCREAMING) ?? []).filter((name) => !known.has(name) && !OTHERS.has(name)),
  );
});

test('every npm script that a page names is there', () => {
  const scripts = new Set(
    find('package.json', '{packages,services,local,examples}/*/package.json').flatMap((file) =>
      Object.keys((JSON.parse(read(file)) as { scripts?: object }).scripts ?? {}),
    ),
  );
  assertNone((page) =>
    Array.from(
      read(page).matchAll(/npm run (?:-s |--silent )?([a-z][\w:-]*)/g),
      ([, name = '']) => name,
    ).filter((name) => !scripts.has(name)),
  );
});

test('every file that a page names is there', () => {
  const isPath = /^(?:packages|services|local|docker|scripts|tests|docs|k8s|examples)\/[\w./-]+\.\w+$/;
  assertNone((page) => codeSpans(read(page)).filter((text) => isPath.test(text) && !isThere(text)));
});

test('every source file a README names exists', () => {
  const files = find('**/*.ts');
  const isHere = (folder: string, name: string) =>
    files.some((file) => `/${file}`.endsWith(`/${name}`) && (!name.includes('/') || file.startsWith(folder)));
  assertNone((page) =>
    page === 'README.md' || page.startsWith('docs/')
      ? []
      : codeSpans(read(page)).filter(
          (text) => /^[a-z][\w./-]*\.ts$/.test(text) && !isThere(text) && !isHere(`${dirname(page)}/`, text),
        ),
  );
});

test('every span name on a page is declared', () => {
  // The spans of the MongoDB driver: operation and collection.
  const ofTheDriver = INSTRUMENTED_SPANS.flatMap(({ spans }) => spans.map(({ name }) => name));
  const spans = new Set<string>([...Object.values(SPAN), ...ofTheDriver]);
  assertNone((page) =>
    codeSpans(read(page)).filter((text) => /^[a-z]+ (orders|pod|report-job)$/.test(text) && !spans.has(text)),
  );
});

test('every name under demo is declared', () => {
  const declared = new Set([
    ...Object.values(ATTR),
    ...Object.values(METRIC),
    ...Object.keys(demoSwitches.shape).map((name) => `demo.${name}`),
  ]);
  const isDeclared = (text: string) => declared.has(text) || text.startsWith(`${ATTR.carrierVariable}.`);
  assertNone((page) =>
    codeSpans(read(page)).filter((text) => /^demo\.[\w.]+$/.test(text) && !isDeclared(text)),
  );
});

/** Fails, and lists each page with its unknown names. */
function assertNone(unknownOn: (page: string) => string[]): void {
  const found = pages.flatMap((page) => [...new Set(unknownOn(page))].map((name) => `${page}: ${name}`));
  assert.ok(found.length === 0, `Not there any more, or never:\n  ${found.join('\n  ')}`);
}
