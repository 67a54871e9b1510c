import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import { join } from 'node:path';
import type { Logger } from '@beyond-headers/service-kit/logger';
import type { TlsFiles } from './server.ts';

/** The kubelet updates a mounted Secret within about a minute, while the previous certificate is still valid. */
const LOOK_EVERY_MS = 10_000;

/** Reads the key and the certificate. If a file is missing, throws an error that names it. */
export function readTlsFiles(directory: string): TlsFiles {
  return { key: readFileSync(join(directory, 'tls.key')), cert: readFileSync(join(directory, 'tls.crt')) };
}

/** Loads renewed certificates without a restart. Keeps the previous one while the files don't match. Returns a function that stops it. */
export function renewTls(
  server: Server,
  directory: string,
  logger: Logger,
  everyMs = LOOK_EVERY_MS,
): () => void {
  const file = join(directory, 'tls.crt');
  const renew = () => {
    try {
      server.setSecureContext(readTlsFiles(directory));
      logger.info('using the renewed certificate');
    } catch (error) {
      logger.error({ err: error }, `can't use the certificate in ${directory}; keeping the previous one`);
    }
  };
  watchFile(file, { interval: everyMs, persistent: false }, renew);
  return () => unwatchFile(file, renew);
}
