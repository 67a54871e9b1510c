import { globSync } from 'node:fs';
import { readCommandLine, refuse } from '@beyond-headers/local-process/command-line';
import { find } from '../../scripts/project-files.ts';
import { runTests } from '../support/run-tests.ts';
import { BASES } from './support/base.ts';
import { isBaseName, toEnvironment } from './support/settings.ts';

const USAGE = `npm run test:docs -- [options] [page ...]

Runs the commands of the tutorial and the how-tos, and compares their outputs with the outputs on the pages.

  --base NAME    the system on which the commands run:
                   local (the default)    starts a local system, and runs all pages
                   compose, cluster       uses a running system, and runs steps 1 to 6 of the tutorial
  --update       writes the actual outputs into the pages
  page           runs only pages whose path contains this text, such as tutorial/3

A running system is found by the variables WRITER_URL, PLAYGROUND_URL, and TRACES_URL, or else at the default ports. With compose, the
commands also use COMPOSE_PROJECT_NAME and COMPOSE_PROFILES (k3s or light). With cluster, they also use KUBECONFIG.`;

const { values, positionals: given } = readCommandLine({
  usage: USAGE,
  names: 'any',
  options: {
    base: { type: 'string', default: 'local' },
    update: { type: 'boolean', default: false },
  },
});
const { base, update } = values;
// Accepts names with and without docs/, because failures print them with it.
const positionals = given.map((name) => name.replace(/^docs\//, ''));
if (!isBaseName(base))
  refuse(`Unknown base ${JSON.stringify(base)}. Expected one of: ${BASES.join(', ')}.`, USAGE);
const runnable = find('docs/{tutorial,how-to}/*.md').map((path) => path.replace('docs/', ''));
const unknown = positionals.filter((name) => !runnable.some((path) => path.includes(name)));
if (unknown.length > 0) {
  const expected = runnable.join(', ');
  refuse(
    `No page has ${JSON.stringify(unknown.join(', '))} in its path. Expected a part of: ${expected}.`,
    USAGE,
  );
}

/** The tests that run pages. With `--base`, only the tutorial runs. */
const pageTests = ['tests/docs/tutorial.test.ts', ...(base === 'local' ? ['tests/docs/how-to.test.ts'] : [])];
/** All tests of documents, including the generated pages. */
const allTests = ['tests/docs/**/*.test.ts', 'scripts/{docs,reference}/*.test.ts'];
const isPart = base !== 'local' || update || positionals.length > 0;

const env = { ...process.env, ...toEnvironment({ base, update, pages: positionals }) };
const files = globSync(isPart ? pageTests : allTests);
process.exitCode = runTests(files, { timeoutMs: 540_000, env, failsOnLeak: true });
