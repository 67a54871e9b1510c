import { code, formatPage, madeFrom, table, type Page } from '../page.ts';
import { readFindings } from './finding.ts';

/** The list beside the scripts: which there are, and how to run one. */
export const findingsReadme: Page = {
  path: 'findings/README.md',
  render: () =>
    formatPage([
      '# Findings',
      madeFrom('the headers of the scripts'),
      'Each script shows one surprise of real software, without this project. It installs pinned packages into a temporary folder, runs them ' +
        'on valid input, and prints what it saw. It ends with 0 when that is what its header says. It ends with 1 when the software behaves ' +
        'differently by now. It ends with 77 and a line when it needs something that is missing and that no package registry has. What they ' +
        'mean together, and what the project does about each, is on [What surprises people](../docs/reference/surprises.md).',
      '```sh not run: it installs packages\nfindings/pipeline-set-merges-the-old-context.sh\n```',
      'They are not part of the tests: they are about what others release. Run one when you update what it is about, and all of them with',
      '```sh not run: takes half an hour\nfor finding in findings/*.sh; do [ -x $finding ] && { $finding >/dev/null || echo "$finding: $?"; }; done\n```',
      'A script needs npm and Node.js 24 (it gets one where the one on `PATH` is older), and where it says so:',
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
            "`KUBECONFIG` and `kubectl`; `IMAGE` where it can't pull `busybox`. A namespace comes and goes",
          ],
          ['Docker', 'an engine that is there, with Compose and buildx'],
          ['Jaeger 2', '`JAEGER`, its program; a finding starts its own'],
        ],
      ),
      table(
        ['finding', 'what it shows'],
        readFindings().map(({ name, claim }) => [`[${code(name)}](${name}.sh)`, claim]),
      ),
      '## Add one',
      'Write down first what you would have guessed; what turns out as guessed is left out. Copy the script that is nearest, and leave under ' +
        '`seen` a line that is wrong: the script must fail on it. Then put in what it printed, and run `npm run reference`. No input that ' +
        'crashes other software or gets past its checks.',
    ]),
};
