const AGAIN = 'Then run the command again.';
const LOCKFILE =
  'package-lock.json has other packages than package.json. `git checkout package-lock.json`, or `npm install` where you changed package.json.';
const PROXIES = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'npm_config_https_proxy',
  'npm_config_proxy',
];

/**
 * Advice for each npm failure, by the error code that npm prints. `isProxys` means that a proxy may be the cause. `isNetwork` means that
 * nothing responded. To add one, add a row.
 */
const ADVICE = [
  {
    codes: ['EBADENGINE'],
    say: 'A package refuses this Node.js or npm. Use Node.js 20 or later: https://nodejs.org/en/download.',
  },
  {
    codes: ['ETARGET', 'ENOVERSIONS'],
    say: 'The registry does not offer a locked version. `npm config get registry` must name one that is complete, and `npm config get before` and `npm config get min-release-age` must be null.',
  },
  {
    codes: ['E404'],
    say: 'The registry does not have a package. `npm config get registry` must name one that mirrors the public npm registry.',
  },
  {
    codes: ['E401', 'E403', 'ENEEDAUTH'],
    say: 'The registry wants to know who you are. `npm login`, or put its token into ~/.npmrc.',
    isProxys: true,
  },
  {
    codes: ['E407'],
    say: 'The proxy wants to know who you are. Write your user and password into its address, percent-encoded: http://user:password@host:port.',
    isProxys: true,
  },
  {
    codes: ['E429', 'E500', 'E502', 'E503', 'E504'],
    say: 'The registry is overloaded or fails. Wait a few minutes.',
    isProxys: true,
  },
  {
    codes: ['FETCH_ERROR'],
    say: 'What answered is not a package registry. Open the address that `npm config get registry` prints in a browser: it may show a login page.',
    isProxys: true,
  },
  {
    codes: ['ERR_INVALID_URL'],
    say: 'An address is malformed. `npm config get registry` must print a URL such as https://host/, and a proxy needs one such as http://host:port.',
    isProxys: true,
  },
  {
    codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'EPROTO'],
    say: 'The registry or a proxy does not use TLS. Its address must begin with http://, not https://: see `npm config get registry`.',
    isProxys: true,
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    say: 'The certificate of the registry is for another host. Correct the address that `npm config get registry` prints.',
    isProxys: true,
  },
  {
    codes: ['EACCES', 'EPERM', 'EROFS'],
    say: 'A folder may not be written. npm names it above; `ls -ld` shows whose it is, and `sudo chown -R "$(id -u)" FOLDER` makes it yours.',
  },
  {
    codes: ['ENOSPC', 'EDQUOT'],
    say: 'The disk is full: the dependencies need about 700 MB. `df -h . ~` shows where.',
  },
  {
    codes: ['EINTEGRITY'],
    say: 'A package is not the one that was locked. `npm cache clean --force`; if it stays so, the registry serves changed packages.',
  },
  { codes: ['EUSAGE'], say: LOCKFILE },
  {
    codes: [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'CERT_HAS_EXPIRED',
    ],
    say: "The registry's certificate is not trusted. Name your organization's authority: `export NODE_EXTRA_CA_CERTS=/path/to/ca.pem`.",
  },
  {
    codes: ['ENOTCACHED'],
    say: 'npm is set to stay offline, and a package is not in its cache. `npm config get offline` must be false for the first run.',
  },
  {
    codes: [
      'ENOTFOUND',
      'EAI_AGAIN',
      'ECONNREFUSED',
      'ECONNRESET',
      'ETIMEDOUT',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ERR_SOCKET_TIMEOUT',
    ],
    say: 'The package registry does not answer. Check the network and `npm config get registry`.',
    isProxys: true,
    isNetwork: true,
  },
];

/**
 * Returns what a user can do after npm has failed.
 *
 * @param {string} errors npm's stderr
 * @param {NodeJS.ProcessEnv} env
 */
export function adviceFor(errors, env) {
  const { code, advice } = causeOf(errors);
  if (!advice) return `npm says above why. ${AGAIN}`;
  const proxies = PROXIES.filter((name) => env[name]);
  const proxy =
    advice.isProxys && proxies.length > 0 ? ` It is asked through the proxy of ${proxies.join(', ')}.` : '';
  return `${code}: ${advice.say}${proxy} ${AGAIN}`;
}

/**
 * Reports whether npm failed because the registry didn't respond.
 *
 * @param {string} errors npm's stderr
 */
export const isNetworkFailure = (errors) => causeOf(errors).advice?.isNetwork === true;

/** @param {string} errors */
function causeOf(errors) {
  // For a timeout, npm prints the same code as for an answer that is not JSON.
  const isTimeout = /^npm (?:error|ERR!) network timeout at/m.test(errors);
  const code = isTimeout ? 'ETIMEDOUT' : (/^npm (?:error|ERR!) code (\S+)/m.exec(errors)?.[1] ?? '');
  return { code, advice: ADVICE.find(({ codes }) => codes.includes(code)) };
}
