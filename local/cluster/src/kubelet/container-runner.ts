import { timestamp } from '../names.ts';
import { startContainer, type Command, type Exit } from './container-process.ts';
import type { ContainerReport } from './container-report.ts';
import { prepare, type StartProblem } from './start-container.ts';
import type { Stop } from './stop.ts';
import { terminationMessage } from './termination-message.ts';

const FIRST_BACK_OFF_S = 10;
const LAST_BACK_OFF_S = 300;
const CONFIG_RETRY_S = 10;
const PULL_S = 1;
const NEVER_STARTED = '1970-01-01T00:00:00Z';

/**
 * Runs one container of a pod once, because the restart policy is `Never`. Resolves when it has ended, or was stopped before it could
 * start.
 */
export async function runContainer(report: ContainerReport, stop: Stop): Promise<void> {
  const command = await untilStartable(report, stop);
  if (command) return runOnce(report, stop, command);
  const message = 'The container could not be located when the pod was terminated';
  const terminated = { exitCode: 137, reason: 'ContainerStatusUnknown', message };
  report.set({ state: { terminated }, ready: false });
}

async function untilStartable(report: ContainerReport, stop: Stop): Promise<Command | undefined> {
  const { container, pod, node } = report;
  for (let attempt = 0; !stop.requested; attempt += 1) {
    const prepared = prepare(container, pod, node);
    if ('reason' in prepared && prepared.reason === 'ErrImagePull') {
      await imageMissing(report, stop, prepared, attempt);
      continue;
    }
    if (attempt === 0)
      report.event('Pulled', `Container image "${container.image}" already present on machine`);
    if (!('reason' in prepared)) return prepared;
    report.waits(prepared.reason, prepared.message);
    report.warning(`Error: ${prepared.message}`);
    await stop.within(node.scaled(CONFIG_RETRY_S));
  }
  return undefined;
}

async function imageMissing(
  report: ContainerReport,
  stop: Stop,
  { reason, message }: StartProblem,
  attempt: number,
): Promise<void> {
  const { container, node } = report;
  const image = `image "${container.image}"`;
  report.waits(reason, message);
  report.event('Pulling', `Pulling ${image}`);
  report.warning(`Failed to pull ${image}: ${message}`);
  report.warning(`Error: ${reason}`);
  await stop.within(node.scaled(PULL_S));
  if (stop.requested) return;
  report.waits('ImagePullBackOff', `Back-off pulling ${image}: ${reason}: ${message}`);
  report.event('BackOff', `Back-off pulling ${image}`);
  report.warning('Error: ImagePullBackOff');
  await stop.within(node.scaled(Math.min(FIRST_BACK_OFF_S * 2 ** attempt, LAST_BACK_OFF_S)));
}

async function runOnce(report: ContainerReport, stop: Stop, given: Command): Promise<void> {
  const { container: manifest, pod, node } = report;
  const log = node.logs.start(pod.metadata.uid, manifest.name);
  report.event('Created', `Created container: ${manifest.name}`);
  const startedAt = timestamp();
  const { command, take } = terminationMessage(manifest, given);
  const container = startContainer(command, log);
  if (container.pid !== undefined) {
    const containerID = `process://${container.pid}`;
    report.event('Started', `Started container ${manifest.name}`);
    report.set({ state: { running: { startedAt } }, ready: true, started: true, containerID });
  }
  const release = stop.onRequest((graceMs) => {
    report.event('Killing', `Stopping container ${manifest.name}`);
    container.terminate();
    return setTimeout(() => container.kill(), graceMs);
  });
  const exit = await container.exit;
  release();
  log.end();
  ended(report, exit, startedAt, take() || undefined);
}

function ended(
  report: ContainerReport,
  { exitCode, reason, message }: Exit,
  startedAt: string,
  lastWords: string | undefined,
): void {
  const { containerID, name } = report.status;
  if (reason === 'StartError') report.warning(`Error: ${message ?? ''}`);
  // The container started, but its exec failed, because the arguments and the environment are too long.
  else if (!containerID) report.event('Started', `Started container ${name}`);
  const terminated = {
    exitCode,
    reason,
    message: message ?? lastWords,
    startedAt: reason === 'StartError' ? NEVER_STARTED : startedAt,
    finishedAt: timestamp(),
    containerID,
  };
  report.set({ state: { terminated }, ready: false, started: false });
}
