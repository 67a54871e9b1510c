/** The part of `console` and pino that this package uses. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}

export const silent: Logger = { info: () => {}, warn: () => {} };
