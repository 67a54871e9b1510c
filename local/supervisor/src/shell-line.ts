import { ownEnvironment } from '@beyond-headers/local-process/shell-variables';

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
