/** The part of `console` and of pino that is used here. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}

export const silent: Logger = { info: () => {}, warn: () => {} };
