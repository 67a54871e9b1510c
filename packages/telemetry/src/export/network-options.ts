/** Matches options for connections and trust. Other options, such as a preload, are only for the work. */
const NETWORK_OPTION =
  /^--(?:use-(?:openssl-ca|bundled-ca|system-ca|env-proxy)|tls-|openssl-|secure-heap|(?:enable|force)-fips|dns-result-order|(?:no-)?network-family-|max-http-header-size|insecure-http-parser)/;

/** Returns the Node.js options with which a child process reaches the collector as this process does. */
export function networkOptions(options: readonly string[]): string[] {
  return options.filter((option, index) => {
    const name = withoutQuote(option);
    if (name.startsWith('-')) return NETWORK_OPTION.test(name);
    // Only an option without `=` can have its value in the next argument.
    const before = withoutQuote(options[index - 1]);
    return NETWORK_OPTION.test(before) && !before.includes('=');
  });
}

// In `NODE_OPTIONS`, a whole option may be in quotes.
const withoutQuote = (option = ''): string => option.replace(/^"/, '');

/** Does the same for `NODE_OPTIONS`, where a value with spaces is in double quotes. */
export function networkOptionsIn(nodeOptions = ''): string {
  return networkOptions(nodeOptions.match(/(?:[^\s"]|"(?:\\.|[^"\\])*")+/g) ?? []).join(' ');
}
