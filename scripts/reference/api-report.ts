import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { PACKAGE_NAMES, type PackageName } from '../pack/recipes.ts';
import { packageBuilds } from './builds.ts';
import { formatPage, type Page } from './page.ts';

/** The public API of each package, from its published types, so that reviewers see each change of the API. */
export const apiReports: Page[] = PACKAGE_NAMES.map((name) => ({
  path: `packages/${name}/api.md`,
  render: async () => formatPage((await readApis()).get(name) ?? []),
}));

type Apis = Map<PackageName, string[]>;

let apis: Promise<Apis> | undefined;

function readApis(): Promise<Apis> {
  return (apis ??= readAll());
}

/** The report on one module that a package exports. */
interface Report {
  name: PackageName;
  subpath: string;
  config: ExtractorConfig;
}

/** Reads all packages at once, so that the compiler reads the types of their dependencies only once. */
async function readAll(): Promise<Apis> {
  const folder = await packageBuilds();
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(compilerFor(folder)));
  const reports = PACKAGE_NAMES.flatMap((name) => reportsOf(folder, name));
  const [first, ...others] = reports.map(({ config }) => config);
  if (!first) throw new Error('No package exports types.');
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
  });
  const byPackage = Map.groupBy(reports, ({ name }) => name);
  return new Map(
    [...byPackage].map(([name, own]) => [name, own.map((report) => read(report, compilerState))]),
  );
}

function reportsOf(folder: string, name: PackageName): Report[] {
  const build = join(folder, name);
  return modulesOf(build).map(([subpath, types]) => {
    const reportFileName = `${name}-${subpath === '.' ? 'index' : subpath.slice(2)}.api.md`;
    const config = ExtractorConfig.prepare({
      packageJsonFullPath: join(build, 'package.json'),
      configObjectFullPath: undefined,
      configObject: {
        projectFolder: build,
        mainEntryPointFilePath: join(build, types),
        compiler: { tsconfigFilePath: join(folder, 'tsconfig.json'), skipLibCheck: true },
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
    return { name, subpath, config };
  });
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

function read({ name, subpath, config }: Report, compilerState: CompilerState): string {
  const { errorCount } = Extractor.invoke(config, {
    compilerState,
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
  if (errorCount > 0) throw new Error(`Failed to read the API of ${name}${subpath.slice(1)}: see above.`);
  return readFileSync(config.reportFilePath, 'utf8').replace(/^## API Report File for .*$/m, (heading) =>
    subpath === '.' ? heading : `${heading.slice(0, -1)}${subpath.slice(1)}"`,
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
    // Telemetry re-exports names of propagation. Without this path, they resolve to TypeScript sources in the workspace.
    paths: { '@beyond-headers/propagation': [join(folder, 'propagation/dist/index.d.mts')] },
  },
});
