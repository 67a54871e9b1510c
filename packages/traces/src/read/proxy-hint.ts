/**
 * Returns a sentence to append to an error if Node.js sends the request to a proxy, which then is what did not answer. Otherwise
 * returns an empty string. https://nodejs.org/api/http.html#built-in-proxy-support
 */
export function proxyHint(
  url: string,
  env: NodeJS.ProcessEnv = process.env,
  flags: ReadonlySet<string> = process.allowedNodeEnvironmentFlags,
): string {
  const { protocol, hostname, port } = new URL(url);
  // Node.js 20 and the first versions of 22 ignore the variables.
  const usesProxies =
    flags.has('--use-env-proxy') &&
    (env['NODE_USE_ENV_PROXY'] === '1' || /--use-env-proxy\b/.test(env['NODE_OPTIONS'] ?? ''));
  const name = protocol.replace(':', '_proxy');
  const variable = [name, name.toUpperCase()].find((candidate) => env[candidate]);
  const exempt = (env['no_proxy'] || env['NO_PROXY'] || '').toLowerCase();
  if (!usesProxies || !variable || isExempt(hostname, port, exempt)) return '';
  return ` Node.js asked the proxy of ${variable}. To ask the store itself, add ${hostname} to NO_PROXY.`;
}

const isExempt = (hostname: string, port: string, list: string): boolean =>
  list
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((entry) => (port === '' ? entry : entry.replace(new RegExp(`:${port}$`), '')))
    .some(
      (entry) => entry === '*' || hostname === entry || hostname.endsWith(`.${entry.replace(/^\*?\./, '')}`),
    );
