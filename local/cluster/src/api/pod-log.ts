import type { Request, Response } from 'express';
import { render, type ContainerLog } from '../kubelet/container-log.ts';
import type { LogBook } from '../kubelet/log-book.ts';
import type { ContainerStatus, Pod } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { notNegative } from '../validation/causes.ts';
import { badRequest, invalid } from './api-error.ts';
import { flag, integer, text } from './query.ts';
import { findOrFail, type Target } from './read.ts';
import { MAX_UNSENT_BYTES } from './watch.ts';

/** Serves a container's output: what there is, and with `follow` what comes until the container ends. */
export function podLog(store: Store, logs: LogBook, target: Target, req: Request, res: Response): void {
  const pod = findOrFail(store, target) as Pod;
  const container = containerOf(pod, text(req, 'container'));
  const log = logOf(pod, container, logs, flag(req, 'previous'));
  const query = logQuery(req, pod);
  res.setHeader('content-type', 'text/plain');
  res.write(log?.read(query) ?? '');
  if (!log || !flag(req, 'follow')) return void res.end();
  const stop = log.follow((line) => {
    if (line === 'end') res.end();
    else if (res.writableLength > MAX_UNSENT_BYTES) res.destroy();
    else res.write(render(line, query.timestamps));
  });
  res.once('close', stop);
}

function containerOf(pod: Pod, wanted: string | undefined): string {
  const names = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map((one) => one.name);
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted;
    throw badRequest(`container ${wanted} is not valid for pod ${pod.metadata.name}`);
  }
  const [only, ...more] = pod.spec.containers;
  if (only && more.length === 0) return only.name;
  const choice = pod.spec.containers.map((one) => one.name).join(' ');
  throw badRequest(
    `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${choice}]`,
  );
}

function logOf(pod: Pod, container: string, logs: LogBook, previous: boolean): ContainerLog | undefined {
  const { name, uid } = pod.metadata;
  const runs = logs.find(uid, container);
  if (previous) {
    if (runs?.previous) return runs.previous;
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  }
  const status = statusOf(pod, container);
  const waiting = status?.state.waiting?.reason;
  // While it waits for a restart its last run is still there to be read.
  if (runs && (!waiting || waiting === 'CrashLoopBackOff')) return runs.current;
  if (!status?.state.terminated) throw badRequest(waitingMessage(pod, container, waiting));
  return undefined;
}

function waitingMessage(pod: Pod, container: string, reason: string | undefined): string {
  const { name } = pod.metadata;
  if (!pod.spec.nodeName) return `pod ${name} does not have a host assigned`;
  const which = `container "${container}" in pod "${name}"`;
  if (reason === 'ErrImagePull' || reason === 'ImagePullBackOff')
    return `${which} is waiting to start: trying and failing to pull image`;
  return `${which} is waiting to start: ${reason ?? 'ContainerCreating'}`;
}

function statusOf({ status }: Pod, container: string): ContainerStatus | undefined {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].find(
    (one) => one.name === container,
  );
}

function logQuery(req: Request, pod: Pod): Parameters<ContainerLog['read']>[0] & object {
  const tailLines = integer(req, 'tailLines');
  const limitBytes = integer(req, 'limitBytes');
  const causes = [...notNegative('tailLines', tailLines), ...notNegative('limitBytes', limitBytes)];
  if (causes.length > 0) throw invalid({ kind: 'PodLogOptions' }, pod.metadata.name, causes);
  const sinceSeconds = integer(req, 'sinceSeconds');
  const sinceTime = Date.parse(text(req, 'sinceTime') ?? '');
  const sinceMs = sinceSeconds === undefined ? sinceTime : Date.now() - sinceSeconds * 1000;
  return {
    tailLines,
    limitBytes,
    timestamps: flag(req, 'timestamps'),
    ...(Number.isNaN(sinceMs) ? {} : { sinceMs }),
  };
}
