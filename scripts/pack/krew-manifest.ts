/** Name of the package, of the archive, and of the program in it. */
export const PLUG_IN = 'kubectl-beyond';

/** What is in the archive. */
export const PLUG_IN_FILES = [PLUG_IN, 'LICENSE', 'THIRD-PARTY-LICENSES'];

/** A manifest of krew's. https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/ */
export interface KrewManifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: {
    version: string;
    homepage?: string;
    shortDescription: string;
    description: string;
    caveats: string;
    platforms: KrewPlatform[];
  };
}

interface KrewPlatform {
  selector: { matchExpressions: Array<{ key: string; operator: string; values: string[] }> };
  uri: string;
  sha256: string;
  files: Array<{ from: string; to: string }>;
  bin: string;
}

/**
 * krew's manifest of the archive with this checksum. Where GitHub runs the build, the archive's address is that of its release;
 * elsewhere it is the archive's name, and krew is given the archive (`--archive`).
 */
export function krewManifest(version: string, sha256: string, env: NodeJS.ProcessEnv): KrewManifest {
  const homepage = repositoryOf(env);
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
          // One file for all of them: a script that the system starts by its first line, which Windows does not.
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

function repositoryOf({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository }: NodeJS.ProcessEnv) {
  return server && repository ? `${server}/${repository}` : undefined;
}
