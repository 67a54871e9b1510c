/** Returns a version's section of a changelog, without its heading. Unreleased changes are under `Unreleased`. */
export function notesOf(changelog: string, version: string): string {
  const [, ...sections] = changelog.split(/^## /m);
  const section = sections.find((each) => each.startsWith(`[${version}]`) || each.split(/\s/)[0] === version);
  if (section === undefined) {
    const found = sections.map((each) => each.split('\n')[0]).join(', ');
    throw new Error(
      `CHANGELOG.md has no section ${version}, only: ${found}. Run: npm run release -- version`,
    );
  }
  return `${section.slice(section.indexOf('\n')).trim()}\n`;
}

/** Returns the changelog with its unreleased changes moved to the given version and day, below an empty section `Unreleased`. */
export function release(changelog: string, version: string, day: string): string {
  if (!/^## Unreleased$/m.test(changelog)) throw new Error('CHANGELOG.md has no section "## Unreleased".');
  return changelog.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} - ${day}`);
}

/**
 * Returns the version in the tag that started a GitHub workflow, or `undefined` if no tag started it.
 *
 * @throws {Error} if the tag names a different version from that of the packages
 */
export function taggedVersion(env: NodeJS.ProcessEnv, version: string): string | undefined {
  if (env['GITHUB_REF_TYPE'] !== 'tag') return undefined;
  const tag = env['GITHUB_REF_NAME'] ?? '';
  if (tag !== `v${version}`)
    throw new Error(
      `The tag is ${tag}, the packages are ${version}. Expected v${version}. Run: npm run release -- version`,
    );
  return version;
}
