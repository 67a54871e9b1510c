import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { constants, createGzip } from 'node:zlib';

/**
 * Packs a root file system and its image configuration into an archive in the format of `docker save`, without a Docker engine:
 * https://github.com/moby/docker-image-spec/blob/main/v1.2.md. Runs as root in a build. The image's command follows `--`.
 */
const { values: options, positionals: command } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: 'string', default: '/' },
    output: { type: 'string', default: '' },
    name: { type: 'string', default: '' },
    arch: { type: 'string', default: '' },
    user: { type: 'string', default: '' },
    workdir: { type: 'string', default: '/' },
    entrypoint: { type: 'string', multiple: true, default: [] },
    /** Names of variables that the image gets with their values in this process. */
    env: { type: 'string', multiple: true, default: [] },
  },
});

const LAYER = 'layer.tar.gz';
const CONFIG = 'config.json';

await mkdir(dirname(options.output), { recursive: true });
const parts = await mkdtemp(join(tmpdir(), 'image-'));
const layer = await packLayer(join(parts, LAYER));
await writeFile(join(parts, CONFIG), JSON.stringify(imageConfig(layer)));
const manifest = [{ Config: CONFIG, RepoTags: [options.name], Layers: [LAYER] }];
await writeFile(join(parts, 'manifest.json'), JSON.stringify(manifest));
await tar('-C', parts, '-cf', options.output, 'manifest.json', CONFIG, LAYER);
await rm(parts, { recursive: true });

/** Returns the digest of the uncompressed layer, by which the image's configuration identifies it. */
async function packLayer(path: string): Promise<string> {
  // The mounts of the build (/proc, /sys, its own files) don't belong in the image.
  const excluded = ['./proc/*', './sys/*', './dev/*', './archive', './tmp/*'].map(
    (glob) => `--exclude=${glob}`,
  );
  const child = spawn(
    'tar',
    ['-C', options.root, '--one-file-system', '--numeric-owner', ...excluded, '-c', '.'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const digest = createHash('sha256');
  const hashed = new PassThrough();
  hashed.on('data', (chunk: Buffer) => digest.update(chunk));
  // Favors speed over size, because the archive is unpacked once, on the same machine.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  await pipeline(child.stdout, hashed, gzip, createWriteStream(path));
  const [code] = (await ended) as [number];
  if (code !== 0) throw new Error(`Failed to pack ${options.root}: tar ended with exit code ${code}.`);
  return `sha256:${digest.digest('hex')}`;
}

function imageConfig(layerDigest: string): object {
  const { arch, user, workdir, entrypoint, env } = options;
  const Env = env.flatMap((name) => (name in process.env ? [`${name}=${process.env[name]}`] : []));
  return {
    architecture: arch,
    os: 'linux',
    config: { User: user, WorkingDir: workdir, Entrypoint: entrypoint, Cmd: command, Env },
    rootfs: { type: 'layers', diff_ids: [layerDigest] },
  };
}

async function tar(...args: string[]): Promise<void> {
  const [code] = (await once(spawn('tar', args, { stdio: 'inherit' }), 'exit')) as [number];
  if (code !== 0) throw new Error(`Failed to write ${options.output}: tar ended with exit code ${code}.`);
}
