/** A log for single commands, which have none: what their user should know is printed. */
import type { Logger } from "./logger.ts";

export const silentLogger: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};
