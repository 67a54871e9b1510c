import type { Instrumentation } from '@opentelemetry/instrumentation';

/** Not part of its interface, so a later version may do without it. */
interface VersionReader {
  _extractPackageVersion?: (folder: string) => string | undefined;
}

/**
 * Reads the version of a patched package once. Upstream reads its package.json again for each of its files: for the driver of
 * MongoDB, 262 times at every start.
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
