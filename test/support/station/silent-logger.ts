import type { Logger } from "../../../electron/config/logger.ts";

/** A log that nobody reads. */
export const silentLogger: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};
