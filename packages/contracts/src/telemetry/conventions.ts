import * as stable from '@opentelemetry/semantic-conventions';
import * as all from '@opentelemetry/semantic-conventions/incubating';

/**
 * Returns how likely the name of an attribute or a metric is to change. A name of this project, which starts with `demo.`, is
 * `own`. Other names have the stability that OpenTelemetry's semantic conventions give them.
 * @throws {Error} if the conventions don't have the name
 */
export function stabilityOf(name: string): 'own' | 'stable' | 'development' {
  if (name.startsWith('demo.')) return 'own';
  if (isNameIn(stable, name)) return 'stable';
  if (isNameIn(all, name)) return 'development';
  throw new Error(
    `${name} is not in the semantic conventions. Expected a name of theirs, or one that starts with "demo.".`,
  );
}

// Older constants of the conventions have other prefixes.
const isNameIn = (conventions: object, name: string): boolean =>
  Object.entries(conventions).some(([key, value]) => /^(ATTR|METRIC)_/.test(key) && value === name);
