import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'packages/propagation');

/** What is in a published package.json and comes from the workspace's own. */
interface Manifest {
  name: string;
  version: string;
  license: string;
  peerDependencies: Record<string, string>;
}

/**
 * Writes the publishable package to a folder: JavaScript and types, as ES modules and as CommonJS, with a package.json of its
 * own. The workspace itself runs from the source and needs none of it.
 *
 * @throws {Error} when the compiler finds an error
 */
export function buildPropagation(target: string): void {
  rmSync(target, { recursive: true, force: true });
  for (const [folder, module, type] of [
    ['esm', 'nodenext', 'module'],
    ['cjs', 'commonjs', 'commonjs'],
  ] as const) {
    mkdirSync(join(target, folder), { recursive: true });
    compile(join(target, folder), module);
    writeJson(join(target, folder, 'package.json'), { type });
  }
  writeJson(join(target, 'package.json'), publishedManifest());
  cpSync(join(source, 'README.md'), join(target, 'README.md'));
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
}

function compile(outDir: string, module: 'nodenext' | 'commonjs'): void {
  const config = join(outDir, 'tsconfig.json');
  writeJson(config, {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      outDir,
      rootDir: join(source, 'src'),
      noEmit: false,
      declaration: true,
      typeRoots: [join(root, 'node_modules/@types')],
      // An ES module that is compiled to CommonJS is not verbatim any more.
      ...(module === 'commonjs' && { module, moduleResolution: 'bundler', verbatimModuleSyntax: false }),
    },
    files: [join(source, 'src/index.ts')],
  });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8' });
  rmSync(config);
  if (status !== 0) throw new Error(`Failed to compile ${source}:\n${stdout}`);
}

function publishedManifest(): object {
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license, peerDependencies } = manifest;
  return {
    name,
    version,
    license,
    description: 'OpenTelemetry context in documents, Kubernetes Jobs, annotations and processes',
    exports: {
      '.': {
        import: { types: './esm/index.d.ts', default: './esm/index.js' },
        require: { types: './cjs/index.d.ts', default: './cjs/index.js' },
      },
    },
    main: './cjs/index.js',
    types: './cjs/index.d.ts',
    sideEffects: false,
    engines: { node: '>=20' },
    peerDependencies,
  };
}

function writeJson(path: string, content: object): void {
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}

if (import.meta.main) {
  const target = resolve(process.argv[2] ?? join(source, 'dist'));
  buildPropagation(target);
  console.log(`${target}: ready for \`npm pack\``);
}
