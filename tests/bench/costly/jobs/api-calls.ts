import { run } from '../../../support/run.ts';

/** How often each kind of request was answered, by anyone's asking, such as `POST jobs`. */
export type ApiCalls = Map<string, number>;

const LINE = /^apiserver_request_total\{(.*)\} (\d+)/gm;
const COUNTED = new Set(['jobs', 'pods']);

/** What the API server has answered about Jobs and pods since it started. */
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

/** What was asked between two readings, of each thing. */
export const callsBetween = (before: ApiCalls, after: ApiCalls): ApiCalls =>
  new Map([...after].map(([what, count]) => [what, count - (before.get(what) ?? 0)]));
