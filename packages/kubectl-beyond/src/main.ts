import { KubectlError } from './kubectl.ts';
import { ofCommand } from './of-command.ts';
import { UsageError, type Output } from './output.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage: kubectl beyond run -- create job NAME --image=IMAGE -- COMMAND
       kubectl beyond of job/NAME | pod/NAME | cronjob/NAME [-n NAMESPACE] [--jaeger URL]

  run   creates the object inside a new span, and puts the context of that span into the object's annotations
  of    draws the trace of a Job, of a pod, or of the last run of a CronJob, and says why it is incomplete

  --jaeger URL     a Jaeger v2 query API (default TRACES_QUERY_URL, else http://127.0.0.1:16686)
  --namespace, --context, --kubeconfig   as for kubectl
  --ascii          draw with ASCII characters only
  --width N        columns of the drawing (default 100)

Exit codes of run: kubectl's own. Exit codes of of: 0 ended and complete, 1 incomplete, 3 still running, 2 invalid options or nothing to read.`;

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
