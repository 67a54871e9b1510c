import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractFromEnvironment, shellCarrier, type ProcessEnvironment } from '@beyond-headers/propagation';
import { environmentName } from './child-process.ts';
import { asText, combine, inTurn, type Opening } from './hop.ts';

const run = promisify(execFile);

// After the step has read the file, it prints the environment that its children get, with a NUL after each variable.
const STEP = '. "$1" && exec env -0';

/** A hop over lines of a file that a real sh reads. The context arrives in the environment of the shell's children. */
export const opening: Opening<string[]> = {
  name: 'shell lines',
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'shell-hop-'));
    const file = join(folder, 'step.sh');
    const send = async (lines: string[]) => {
      await writeFile(file, lines.map((line) => `${line}\n`).join(''));
      const { stdout } = await run('sh', ['-c', STEP, 'sh', file], { env: {} });
      return environmentIn(stdout);
    };
    return {
      carrier: shellCarrier,
      create: () => [],
      write(lines, fields) {
        for (const [field, value] of combine(fields))
          lines.push(assignment(environmentName(field), asText(value)));
      },
      writeMiscased: (lines, value) => void lines.push(assignment('traceparent', value)),
      carry: (carriers) => inTurn(carriers, send, extractFromEnvironment),
      close: () => rm(folder, { recursive: true }),
    };
  },
};

/** Quotes a value for sh. It is a second implementation, which tests the first one. */
const assignment = (name: string, value: string): string =>
  `export ${name}='${value.replaceAll("'", `'"'"'`)}'`;

function environmentIn(output: string): ProcessEnvironment {
  const variables = output.split('\0').slice(0, -1);
  return Object.fromEntries(
    variables.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
