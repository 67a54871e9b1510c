import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import { join } from 'node:path';
import type { Logger } from '@beyond-headers/service-kit/logger';
import type { TlsFiles } from './server.ts';

/** A Secret that is mounted changes within about a minute; the certificate before is still valid then. */
const LOOK_EVERY_MS = 10_000;

/** Reads key and certificate; throws with the file's name where one is missing. */
export function readTlsFiles(directory: string): TlsFiles {
  return { key: readFileSync(join(directory, 'tls.key')), cert: readFileSync(join(directory, 'tls.crt')) };
}

/** Takes a renewed certificate without a restart; keeps the one before while the files are not a pair. Gives what ends it. */
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
