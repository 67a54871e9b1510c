import { run } from '../../../support/run.ts';

/** The number of requests of each kind, such as `POST jobs`, by all clients. */
export type ApiCalls = Map<string, number>;

const LINE = /^apiserver_request_total\{(.*)\} (\d+)/gm;
const COUNTED = new Set(['jobs', 'pods']);

/** Returns the number of requests for Jobs and pods that the API server has served since its start, except dry runs. */
export async function readApiCalls(): Promise<ApiCalls> {
  const calls: ApiCalls = new Map();
  for (const [, labels = '', count] of (await run('kubectl', ['get', '--raw', '/metrics'])).matchAll(LINE)) {
    const label = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
    if (!COUNTED.has(label('resource')) || label('dry_run')) continue;
    const what = [label('verb'), [label('resource'), label('subresource')].filter(Boolean).join('/')].join(
      ' ',
    );
    calls.set(what, (calls.get(what) ?? 0) + Number(count));
  }
  return calls;
}

/** Returns the number of requests of each kind between two readings. */
export const callsBetween = (before: ApiCalls, after: ApiCalls): ApiCalls =>
  new Map([...after].map(([what, count]) => [what, count - (before.get(what) ?? 0)]));
