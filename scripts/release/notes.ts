/** What a changelog says of a version: its section, without its heading. What is not released yet stands under `Unreleased`. */
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

/** Gives the changelog with what was unreleased as a version of a day, and an empty section above it. */
export function release(changelog: string, version: string, day: string): string {
  if (!/^## Unreleased$/m.test(changelog)) throw new Error('CHANGELOG.md has no section "## Unreleased".');
  return changelog.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} - ${day}`);
}

/**
 * Gives the version that a workflow of GitHub runs for, or `undefined` where no tag started it.
 *
 * @throws {Error} when the tag names another version than the packages have
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
