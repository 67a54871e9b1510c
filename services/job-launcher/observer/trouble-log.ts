import type { Logger } from '@beyond-headers/service-kit';

type Doing = 'list' | 'watch';

const MEANWHILE: Record<Doing, string> = {
  list: 'watching goes on, and listing is tried again',
  watch: 'outcomes come from lists until a watch works',
};

/**
 * Logs the first failure and the recovery. During an outage, further failures are logged only at the debug level.
 * @param what the objects that are listed and watched, such as `pods`
 */
export function troubleLog(what: string, logger: Logger) {
  const failing = new Set<Doing>();
  return {
    failed(doing: Doing, err: unknown) {
      const level = failing.has(doing) ? 'debug' : 'warn';
      failing.add(doing);
      logger[level]({ err }, `failed to ${doing} ${what}; ${MEANWHILE[doing]}`);
    },
    worked(doing: Doing) {
      if (failing.delete(doing)) logger.info(`${what}: ${doing} works again`);
    },
  };
}
