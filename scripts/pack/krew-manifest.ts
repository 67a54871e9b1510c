/** The name of the package, the archive, and the program in it. */
export const PLUG_IN = 'kubectl-beyond';

/** The files in the archive. */
export const PLUG_IN_FILES = [PLUG_IN, 'LICENSE', 'THIRD-PARTY-LICENSES'];

/**
 * Returns krew's manifest for the archive with this checksum. On GitHub, the archive's address is that of its release. Elsewhere it
 * is only the archive's name, and users pass the archive to krew with `--archive`.
 * Source: https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/
 */
export function krewManifest(version: string, sha256: string, env: NodeJS.ProcessEnv) {
  const homepage = repositoryUrl(env);
  const archive = `${PLUG_IN}.tar.gz`;
  return {
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: { name: 'beyond' },
    spec: {
      version: `v${version}`,
      ...(homepage && { homepage }),
      shortDescription: 'Create Jobs that join a trace, and draw the trace of a Job',
      description:
        'Runs kubectl create or kubectl run in a span, and writes its context into the annotations of what it creates.\n' +
        'Draws the trace of a Job, a pod, or the last run of a CronJob, and says why it is incomplete.\n',
      caveats: 'Needs Node.js 24 or later on the PATH.\n',
      platforms: [
        {
          // One file for all platforms except Windows: the program is a script with a shebang line, which Windows doesn't support.
          selector: { matchExpressions: [{ key: 'os', operator: 'In', values: ['linux', 'darwin'] }] },
          uri: homepage ? `${homepage}/releases/download/v${version}/${archive}` : archive,
          sha256,
          files: PLUG_IN_FILES.map((from) => ({ from, to: '.' })),
          bin: PLUG_IN,
        },
      ],
    },
  };
}

export type KrewManifest = ReturnType<typeof krewManifest>;

/** Returns the address of the repository on GitHub that runs the build, so that what a fork builds names the fork. */
export function repositoryUrl({
  GITHUB_SERVER_URL: server,
  GITHUB_REPOSITORY: repository,
}: NodeJS.ProcessEnv) {
  return server && repository ? `${server}/${repository}` : undefined;
}
