import { setTimeout as delay } from 'node:timers/promises';
import { assertScenarios } from '../../scenarios/assert-scenarios.ts';
import type { ComposeProject } from './project.ts';

/** With k3s, a pod may have to wait until the node is back. */
export const RECOVERY_MS = 90_000;
const PAUSE_MS = 500;
const READY = [
  'http://writer:8081/readyz',
  'http://poller:8082/readyz',
  'http://job-launcher:8083/readyz',
  'http://playground:8080/readyz',
];

/** Returns the ids of the traces that Jaeger's search finds, with the request of its page. */
export function findTraces(
  project: ComposeProject,
  service: string,
  operation: string,
  tags: Record<string, string>,
): Promise<string[]> {
  const query = new URLSearchParams({ service, operation, tags: JSON.stringify(tags) });
  return askJaeger(project, `?${query.toString()}`);
}

/** Returns the id of a trace, with the request of Jaeger's page. Returns an empty list until the trace exists. */
export const readTraces = (project: ComposeProject, traceId: string): Promise<string[]> =>
  askJaeger(project, `/${traceId}`);

async function askJaeger({ traces }: ComposeProject, rest: string): Promise<string[]> {
  const response = await fetch(`${traces}/api/traces${rest}`);
  const { data } = (await response.json()) as { data: Array<{ traceID: string }> | null };
  return (data ?? []).map(({ traceID }) => traceID);
}

/** Waits until a new order becomes one joined trace, and returns how long that took, in milliseconds. Rejects after a deadline. */
export async function untilJoined(project: ComposeProject): Promise<number> {
  const start = performance.now();
  for (;;) {
    try {
      await untilReady(project);
      await assertScenarios(project, ['joined']);
      return performance.now() - start;
    } catch (error) {
      if (performance.now() - start > RECOVERY_MS) throw error;
      await delay(PAUSE_MS);
    }
  }
}

/** Requests the services' own readiness from inside the network, because Docker's health status is up to 15 s old. */
async function untilReady(project: ComposeProject): Promise<void> {
  const script = `
    const [deadlineMs, ...urls] = process.argv.slice(1);
    const ask = async (url) => {
      const answer = await fetch(url);
      return answer.ok ? undefined : url + ' answers ' + answer.status + ' ' + (await answer.text());
    };
    for (const url of urls) {
      for (let failure; (failure = await ask(url).catch(String)); ) {
        if (performance.now() > Number(deadlineMs)) throw new Error(failure);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }`;
  const args = [String(RECOVERY_MS), ...READY];
  await project.exec('playground', 'node', '--input-type=module', '--eval', script, ...args);
}

/** Returns a service's JSON response. Sends the request from inside the demo's network, because not all ports are published. */
export async function askInside<T>(
  project: ComposeProject,
  url: string,
  { method = 'GET', body }: { method?: string; body?: object } = {},
): Promise<T> {
  const script = `
    const [url, method, body] = process.argv.slice(1);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method, headers, ...(body && { body }) });
    if (!answer.ok) throw new Error(url + ' answers ' + answer.status + ' ' + (await answer.text()));
    console.log(await answer.text());`;
  const args = [url, method, ...(body ? [JSON.stringify(body)] : [])];
  const said = await project.exec('playground', 'node', '--input-type=module', '--eval', script, ...args);
  return JSON.parse(said) as T;
}
