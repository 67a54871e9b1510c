import type { Instrumentation } from '@opentelemetry/instrumentation';

/** A private method of instrumentations, so a later version may not have it. */
interface VersionReader {
  _extractPackageVersion?: (folder: string) => string | undefined;
}

/**
 * Reads the version of a patched package only once. Upstream reads the package.json again for each file of the package: 262 times
 * at every start for MongoDB's driver.
 */
export function rememberVersions<T extends Instrumentation>(instrumentation: T): T {
  const read = (instrumentation as VersionReader)._extractPackageVersion;
  if (!read) return instrumentation;
  const versions = new Map<string, string | undefined>();
  const _extractPackageVersion = (folder: string): string | undefined => {
    if (!versions.has(folder)) versions.set(folder, read.call(instrumentation, folder));
    return versions.get(folder);
  };
  return Object.assign(instrumentation, { _extractPackageVersion });
}
