/** How Node.js reaches a server and whom it trusts; everything else, such as a preload, is for the work alone. */
const NETWORK_OPTION =
  /^--(?:use-(?:openssl-ca|bundled-ca|system-ca|env-proxy)|tls-|openssl-|secure-heap|(?:enable|force)-fips|dns-result-order|(?:no-)?network-family-|max-http-header-size|insecure-http-parser)/;

/** Chooses the options of Node.js with which a child process reaches the collector as this process does. */
export function networkOptions(options: readonly string[]): string[] {
  return options.filter((option, index) => {
    const name = withoutQuote(option);
    if (name.startsWith('-')) return NETWORK_OPTION.test(name);
    // A value of its own follows only an option without `=`.
    const before = withoutQuote(options[index - 1]);
    return NETWORK_OPTION.test(before) && !before.includes('=');
  });
}

// In `NODE_OPTIONS`, quotes may be around a whole option.
const withoutQuote = (option = ''): string => option.replace(/^"/, '');

/** The same for `NODE_OPTIONS`, in which a value with spaces stands in double quotes. */
export function networkOptionsIn(nodeOptions = ''): string {
  return networkOptions(nodeOptions.match(/(?:[^\s"]|"(?:\\.|[^"\\])*")+/g) ?? []).join(' ');
}
