import type { Request, Response } from 'express';
import { render, type ContainerLog, type LogQuery } from '../kubelet/container-log.ts';
import type { LogBook } from '../kubelet/log-book.ts';
import type { Pod } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { notNegative } from '../validation/checks.ts';
import { badRequest, invalid } from './api-error.ts';
import { flag, integer, refuseOptions, text } from './query.ts';
import { findOrFail, type Target } from './read.ts';
import { MAX_UNSENT_BYTES } from './watch.ts';

/** Serves a container's log: the output so far, and with `follow` also later output, until the container ends. */
export function podLog(store: Store, logs: LogBook, target: Target, req: Request, res: Response): void {
  const pod = findOrFail(store, target) as Pod;
  const container = containerOf(pod, text(req, 'container'));
  // A container never restarts here, so it has no previous log.
  if (flag(req, 'previous'))
    throw badRequest(`previous terminated container "${container}" in pod "${pod.metadata.name}" not found`);
  const log = logOf(pod, container, logs);
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

function containerOf({ metadata, spec }: Pod, wanted: string | undefined): string {
  const names = spec.containers.map(({ name }) => name);
  const name = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    const choice = `choose one of: [${names.join(' ')}]`;
    throw badRequest(`a container name must be specified for pod ${metadata.name}, ${choice}`);
  }
  if (names.includes(name)) return name;
  throw badRequest(`container ${name} is not valid for pod ${metadata.name}`);
}

function logOf({ metadata, spec, status }: Pod, container: string, logs: LogBook): ContainerLog | undefined {
  const state = status.containerStatuses?.find(({ name }) => name === container)?.state;
  const log = logs.find(metadata.uid, container);
  if (log || state?.terminated) return log;
  if (!spec.nodeName) throw badRequest(`pod ${metadata.name} does not have a host assigned`);
  const reason = state?.waiting?.reason ?? 'ContainerCreating';
  const shown = /^(ErrImagePull|ImagePullBackOff)$/.test(reason)
    ? 'trying and failing to pull image'
    : reason;
  throw badRequest(`container "${container}" in pod "${metadata.name}" is waiting to start: ${shown}`);
}

function logQuery(req: Request, pod: Pod): LogQuery {
  refuseOptions('PodLogOptions', req.query, ['sinceSeconds', 'sinceTime']);
  const tailLines = integer(req, 'tailLines');
  const limitBytes = integer(req, 'limitBytes');
  const causes = [...notNegative('tailLines', tailLines), ...notNegative('limitBytes', limitBytes)];
  if (causes.length > 0) throw invalid({ kind: 'PodLogOptions' }, pod.metadata.name, causes);
  return { tailLines, limitBytes, timestamps: flag(req, 'timestamps') };
}
