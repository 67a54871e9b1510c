import { SettingError } from '../lint/settings.ts';
import { assertCommand } from './assert-command.ts';
import { exitCodeOf, messageOf, UsageError, type Command, type ExitCode, type Output } from './command.ts';
import { drawCommand } from './draw-command.ts';
import { lintCommand } from './lint-command.ts';

const commands: Record<string, Command> = { assert: assertCommand, draw: drawCommand, lint: lintCommand };

const usage = `Usage: traces COMMAND [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`)
  .join('\n')}

Each command has its own help: traces assert --help`;

/** Runs the program without ending the process. Returns the exit code. */
export async function run([name = '', ...args]: readonly string[], output: Output): Promise<ExitCode> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const help = command?.usage ?? usage;
  if ((command ? args : [name]).some((each) => each === '--help' || each === '-h')) {
    output.out(help);
    return 0;
  }
  try {
    if (!command)
      throw new UsageError(
        `traces: got ${name === '' ? 'no command' : JSON.stringify(name)}. Expected one of ${Object.keys(commands).join(', ')}.`,
      );
    return (await command.run(args, output)) ?? 0;
  } catch (thrown) {
    const error = thrown instanceof SettingError ? new UsageError(`--${thrown.message}`) : thrown;
    output.error(error instanceof UsageError ? `${error.message}\n\n${help}` : messageOf(error));
    return exitCodeOf(error);
  }
}
