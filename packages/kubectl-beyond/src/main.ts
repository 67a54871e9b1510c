import { KubectlError } from './kubectl.ts';
import { ofCommand } from './of-command.ts';
import { UsageError, type Output } from './output.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage: kubectl beyond run -- create job NAME --image=IMAGE -- COMMAND
       kubectl beyond of job/NAME | pod/NAME | cronjob/NAME [-n NAMESPACE] [--jaeger URL]

  run   starts a span, and creates the object of kubectl create or kubectl run with the context of the span in its annotations
  of    draws the trace of a Job, of a pod, or of the last run of a CronJob; if the trace is incomplete, says why

Options of kubectl beyond of:
  --jaeger URL     the Jaeger v2 query API with the traces (default: the variable TRACES_QUERY_URL, or http://127.0.0.1:16686)
  --ascii          draw with ASCII characters only
  --width N        the number of columns of the drawing (default 100)
  --namespace, --context, --kubeconfig
                   the same as in kubectl

The exit code of kubectl beyond run is that of kubectl, or 2 for invalid options. The exit codes of kubectl beyond of:
  0   the work has ended, and its trace is complete
  1   the trace is incomplete
  2   invalid options, or nothing to read
  3   the work is still running`;

const output: Output = {
  out: (text) => console.log(text),
  error: (text) => console.error(text),
  color: process.stdout.hasColors?.() ?? false,
};

const [command, ...args] = process.argv.slice(2);
try {
  if (command === 'run') await runCommand(args, output);
  else if (command === 'of') process.exitCode = await ofCommand(args, output);
  else if (command === '--help' || command === 'help') output.out(USAGE);
  else throw new UsageError(`got ${command ?? 'no command'}, expected run or of.`);
} catch (error) {
  output.error(error instanceof Error ? error.message : String(error));
  if (error instanceof UsageError) output.error(`\n${USAGE}`);
  process.exitCode = command === 'run' && error instanceof KubectlError ? error.exitCode : 2;
}
