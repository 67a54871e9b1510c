import type { Logger } from '@beyond-headers/service-kit';

type Doing = 'list' | 'watch';

/** Logs the first failure and the recovery. During an outage, further failures are logged only at the debug level. */
export interface TroubleLog {
  failed(doing: Doing, error: unknown): void;
  worked(doing: Doing): void;
}

const MEANWHILE: Record<Doing, string> = {
  list: 'watching goes on, and listing is tried again',
  watch: 'outcomes come from lists until a watch works',
};

/** @param what the objects that are listed and watched, such as `pods` */
export function troubleLog(what: string, logger: Logger): TroubleLog {
  const failing = new Set<Doing>();
  return {
    failed(doing, err) {
      const level = failing.has(doing) ? 'debug' : 'warn';
      failing.add(doing);
      logger[level]({ err }, `failed to ${doing} ${what}; ${MEANWHILE[doing]}`);
    },
    worked(doing) {
      if (failing.delete(doing)) logger.info(`${what}: ${doing} works again`);
    },
  };
}
