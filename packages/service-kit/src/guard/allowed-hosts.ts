import { z } from 'zod';

/** Names, each with or without a dot at its end. One with a dot before it, which elsewhere stands for all names below it, would match nothing. */
const HOST_NAMES = /^[\s,]*(?:[\w-]+(?:\.[\w-]+)*\.?(?:[\s,]+|$))*$/;

/** The variable `ALLOWED_HOSTS`: names that a server is reached by, separated by commas. */
export const allowedHosts = () =>
  z
    .string()
    .regex(HOST_NAMES, 'Expected host names separated by commas, without scheme and port')
    .default('')
    .transform(toNames)
    .describe(
      'Host names that callers may use, in addition to IP addresses, `localhost`, names without a dot, and names that end in `.localhost`, ' +
        '`.internal`, `.svc` or `.svc.cluster.local`. An example is `orders.example.org`. A request for any other host gets 403.',
    );

function toNames(list: string): string[] {
  const names = list.toLowerCase().split(/[\s,]+/);
  return names.map((name) => name.replace(/\.$/, '')).filter(Boolean);
}
