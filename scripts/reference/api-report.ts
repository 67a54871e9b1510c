import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { buildPackage } from '../pack/build-package.ts';
import { PACKAGE_NAMES, type PackageName } from '../pack/recipes.ts';
import { formatPage, type Page } from './page.ts';

/** Below the repository, where the types of dependencies are found. */
const BUILDS = join(ROOT, '.local/api');

/** The public surface of each package, of the types that are published: a change of it is seen in review. */
export const apiReports: Page[] = PACKAGE_NAMES.map((name) => ({
  path: `packages/${name}/api.md`,
  render: () => render(name),
}));

async function render(name: PackageName): Promise<string> {
  mkdirSync(BUILDS, { recursive: true });
  const folder = mkdtempSync(join(BUILDS, `${name}-`));
  try {
    await buildPackage(name, join(folder, name));
    // Telemetry exports some of its names; in the workspace they are TypeScript.
    if (name === 'telemetry') await buildPackage('propagation', join(folder, 'propagation'));
    const reports = modulesOf(join(folder, name)).map(([subpath, types]) =>
      report(folder, name, subpath, types),
    );
    return await formatPage(reports);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function modulesOf(build: string): [subpath: string, types: string][] {
  const { exports } = JSON.parse(readFileSync(join(build, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { types?: string; import?: { types: string } }>;
  };
  return Object.entries(exports).flatMap(([subpath, entry]): [string, string][] => {
    const types = typeof entry === 'string' ? undefined : (entry.import?.types ?? entry.types);
    return types ? [[subpath, types]] : [];
  });
}

function report(folder: string, name: PackageName, subpath: string, types: string): string {
  const build = join(folder, name);
  const reportFileName = `${subpath === '.' ? 'index' : subpath.slice(2)}.api.md`;
  const tsconfig = join(folder, 'tsconfig.json');
  writeFileSync(tsconfig, JSON.stringify(compilerFor(folder)));
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: join(build, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: build,
      mainEntryPointFilePath: join(build, types),
      compiler: { tsconfigFilePath: tsconfig, skipLibCheck: true },
      apiReport: {
        enabled: true,
        reportFileName,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: { extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } } },
    },
  });
  const { errorCount } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
  if (errorCount > 0) throw new Error(`Failed to read the API of ${name}${subpath.slice(1)}: see above.`);
  return readFileSync(join(folder, reportFileName), 'utf8').replace(
    /^## API Report File for .*$/m,
    (heading) => (subpath === '.' ? heading : `${heading.slice(0, -1)}${subpath.slice(1)}"`),
  );
}

const compilerFor = (folder: string) => ({
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    paths: { '@beyond-headers/propagation': [join(folder, 'propagation/dist/index.d.mts')] },
  },
});
