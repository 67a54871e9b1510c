import { z } from 'zod';

/**
 * Matches names with or without a trailing dot. A leading dot, which elsewhere stands for all subdomains, would match nothing, so
 * it is refused.
 */
const HOST_NAMES = /^[\s,]*(?:[\w-]+(?:\.[\w-]+)*\.?(?:[\s,]+|$))*$/;

/** The variable `ALLOWED_HOSTS`: the names by which callers reach a server, separated by commas. */
export const allowedHosts = () =>
  z
    .string()
    .regex(HOST_NAMES, 'Expected host names separated by commas, without scheme and port')
    .default('')
    .transform(toNames)
    .describe(
      'Host names under which callers may reach the server, such as `orders.example.org`. IP addresses, `localhost`, names without a dot, ' +
        'and names that end in `.localhost`, `.internal`, `.svc` or `.svc.cluster.local` are always allowed. A request for any other host gets 403.',
    );

function toNames(list: string): string[] {
  const names = list.toLowerCase().split(/[\s,]+/);
  return names.map((name) => name.replace(/\.$/, '')).filter(Boolean);
}
