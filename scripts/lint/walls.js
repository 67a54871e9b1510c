import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const LIST = 'services/services.ts';

/** The folder of each workspace, by package name. */
const FOLDERS = new Map(
  globSync('{packages,services,local,upstream}/*/package.json', { cwd: ROOT }).map((path) => {
    const { name } = JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
    return [name, toPosix(dirname(path))];
  }),
);

/** Enforces which folder may import from which: AGENTS.md, "What goes where". Compares folders, so the form of a path doesn't matter. */
export const walls = {
  create(context) {
    const from = toPosix(relative(ROOT, context.filename));
    const check = ({ source }) => {
      const to = typeof source?.value === 'string' ? targetOf(source.value, from) : undefined;
      const message = to && wallBetween(from, to);
      if (message) context.report({ node: source, message });
    };
    return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check };
  },
};

/** Returns the path of the imported file or workspace folder, relative to the root. Returns undefined for other packages. */
function targetOf(specifier, from) {
  if (specifier.startsWith('.')) return toPosix(join(dirname(from), specifier));
  return FOLDERS.get(specifier.split('/').slice(0, 2).join('/'));
}

function wallBetween(from, to) {
  const [side, part] = from.split('/');
  const [otherSide, otherPart] = to.split('/');
  if (
    ['tests', 'scripts'].includes(otherSide) &&
    ['packages', 'services', 'local', 'upstream'].includes(side)
  )
    return 'Scripts and tests import the project: what it needs itself stands in a package or in local/.';
  if (otherSide === 'upstream' && ['packages', 'services', 'local'].includes(side))
    return 'What stands in upstream/ is for others: nothing here rests on it.';
  if (side === 'upstream' && otherSide === 'services')
    return 'What stands in upstream/ is for others: it imports packages, and local/ in its tests.';
  if (side === 'packages' && ['services', 'local'].includes(otherSide))
    return 'Packages are what services and local/ import: they import neither.';
  if (side === 'local' && otherSide === 'services' && to !== LIST)
    return `Of services, local/ knows what they say of themselves: ${LIST}.`;
  // Allows the lists of services, which are files directly in services/.
  if (side !== 'services' || part.endsWith('.ts')) return undefined;
  if (otherSide === 'local' || (otherSide === 'services' && otherPart !== part))
    return 'Services import packages: neither each other nor local/.';
  const demo = `services/${part}/demo/`;
  const mayDemo = from.startsWith(demo) || from === `services/${part}/main.ts` || from.endsWith('.test.ts');
  if (to.startsWith(demo) && !mayDemo) return 'The code to copy knows no demo: main.ts alone hands it in.';
  return undefined;
}

function toPosix(path) {
  return path.split(sep).join('/');
}
