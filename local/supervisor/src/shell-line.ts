import { databaseIn } from '@beyond-headers/service-kit/mongodb-uri';
import { ownEnvironment } from '@beyond-headers/local-process/own-environment';

const PAGE = 'docs/reference/environment-variables.md#variables-of-your-shell';

/** Returns the first line of `npm start` if the shell has variables that it uses or leaves out. Returns undefined if there are none. */
export function shellLine(shell: NodeJS.ProcessEnv): string | undefined {
  const { changed, honored } = ownEnvironment(shell, 'start');
  const parts = [
    ...(honored.length > 0 ? [`used ${honored.join(', ')}`] : []),
    ...(changed.length > 0 ? [`left out ${changed.join(', ')}`] : []),
  ];
  return parts.length > 0 ? `Of what your shell sets: ${parts.join('; ')} (${PAGE}).` : undefined;
}

/**
 * Returns a line of `npm start` if MONGODB_URI names a database that the demo doesn't use. Returns undefined for `admin`, which usually
 * only says where the user is.
 */
export function databaseLine(uri: string, database: string): string | undefined {
  const named = databaseIn(uri);
  if (named === undefined || named === 'admin' || named === database) return undefined;
  return `The demo uses the database ${database}, not ${named} in MONGODB_URI. To use ${named}, set MONGODB_DATABASE=${named}.`;
}
