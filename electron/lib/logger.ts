/** The application log: a rotated text file in the data folder, through electron-log. */
import { existsSync, renameSync, rmSync } from "node:fs";
import { join, parse } from "node:path";
import log from "electron-log/node";
import type { Settings } from "../contract/settings.ts";

/** What the rest of the program sees of the log. Data is written as JSON behind the message. */
export interface Logger {
  error(message: string, data?: Readonly<Record<string, unknown>>): void;
  warn(message: string, data?: Readonly<Record<string, unknown>>): void;
  info(message: string, data?: Readonly<Record<string, unknown>>): void;
  debug(message: string, data?: Readonly<Record<string, unknown>>): void;
}

/** Size at which a log file is put aside, and how many old ones are kept: the system's LOG_MAX_SIZE and LOG_BACKUP_COUNT. */
const maxBytes = 100 * 1024 * 1024;
const keptFiles = 5;

/** Puts `name.log` aside as `name.1.log`, `name.1.log` as `name.2.log` and so on, and drops the oldest. */
export function rotateLog(file: string): void {
  const { dir, name, ext } = parse(file);
  const numbered = (number: number): string => join(dir, `${name}.${number}${ext}`);
  rmSync(numbered(keptFiles), { force: true });
  for (let number = keptFiles - 1; number >= 1; number--) {
    if (existsSync(numbered(number))) renameSync(numbered(number), numbered(number + 1));
  }
  renameSync(file, numbered(1));
}

/** Opens `archivist.log` in the given folder. */
export function openLogger(folder: string, level: Settings["log"]["level"]): Logger {
  const file = join(folder, "archivist.log");
  const logger = log.create({ logId: file });
  logger.transports.console.level = false;
  logger.transports.file.level = level;
  logger.transports.file.maxSize = maxBytes;
  logger.transports.file.resolvePathFn = () => file;
  logger.transports.file.archiveLogFn = (old) => rotateLog(old.path);
  logger.transports.file.format = "{iso} [{level}] {text}";
  const line = (message: string, data?: Readonly<Record<string, unknown>>): string =>
    data === undefined ? message : `${message} ${JSON.stringify(data, errorsAsText)}`;
  return {
    error: (message, data) => logger.error(line(message, data)),
    warn: (message, data) => logger.warn(line(message, data)),
    info: (message, data) => logger.info(line(message, data)),
    debug: (message, data) => logger.debug(line(message, data)),
  };
}

function errorsAsText(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { message: value.message, stack: value.stack, cause: value.cause };
}
