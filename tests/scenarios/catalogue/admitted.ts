import type { LocalSystem } from '@beyond-headers/supervisor';
import { until } from '../../support/until.ts';

interface Job {
  metadata: { labels: Record<string, string>; annotations: Record<string, string> };
  spec: { template: { spec: object } };
  status?: { conditions?: Array<{ type: string; status: string; lastTransitionTime: string }> };
}

/** Creates a copy of a report's Job, suspended as by a queue that admits Jobs, and resumes it seconds later. */
export async function admitted({ urls }: LocalSystem, jobName: string): Promise<void> {
  const jobs = `${urls.cluster}/apis/batch/v1/namespaces/default/jobs`;
  const { metadata, spec } = await ask<Job>(`${jobs}/${jobName}`);
  const { labels, annotations } = metadata;
  const template = { metadata: { labels, annotations }, spec: spec.template.spec };
  const url = `${jobs}/${jobName}-held`;
  await ask(jobs, 'POST', 'application/json', {
    metadata: { name: `${jobName}-held`, labels, annotations },
    spec: { suspend: true, backoffLimit: 0, template },
  });
  const since = await until(
    async () => suspendedAt(await ask<Job>(url)),
    (found) => found !== undefined,
  );
  // Kubernetes stores whole seconds, so the observer doesn't report a shorter wait.
  await until(
    async () => Date.now(),
    (now) => now > (since ?? 0) + 2_000,
  );
  await ask(url, 'PATCH', 'application/merge-patch+json', { spec: { suspend: false } });
}

function suspendedAt({ status }: Job): number | undefined {
  const found = status?.conditions?.find(({ type, status: is }) => type === 'Suspended' && is === 'True');
  return found && Date.parse(found.lastTransitionTime);
}

async function ask<T>(url: string, method = 'GET', type = '', body?: object): Promise<T> {
  const response = await fetch(url, {
    method,
    ...(body && { headers: { 'content-type': type }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}
