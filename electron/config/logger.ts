/** The logs: rotated text files in the data folder, through electron-log. */
import { existsSync, renameSync, rmSync } from "node:fs";
import { join, parse } from "node:path";
import log from "electron-log/node";
import type { Settings } from "../contract/settings.ts";

/** The interface of a log. Data is appended to the message as JSON. */
export interface Logger {
  error(message: string, data?: Readonly<Record<string, unknown>>): void;
  warn(message: string, data?: Readonly<Record<string, unknown>>): void;
  info(message: string, data?: Readonly<Record<string, unknown>>): void;
  debug(message: string, data?: Readonly<Record<string, unknown>>): void;
}

/**
 * Size at which a log file is rotated, and how many old ones are kept: the legacy LOG_MAX_SIZE and LOG_BACKUP_COUNT.
 */
const maxBytes = 100 * 1024 * 1024;
const keptFiles = 5;

/** Renames `name.log` to `name.1.log`, `name.1.log` to `name.2.log` and so on, and deletes the oldest. */
export function rotateLog(file: string): void {
  const { dir, name, ext } = parse(file);
  const numbered = (number: number): string => join(dir, `${name}.${number}${ext}`);
  rmSync(numbered(keptFiles), { force: true });
  for (let number = keptFiles - 1; number >= 1; number--) {
    if (existsSync(numbered(number))) renameSync(numbered(number), numbered(number + 1));
  }
  renameSync(file, numbered(1));
}

/** The log files: everything, speech recognition, publishing, and the errors of all. */
export const logFiles = {
  application: "archivist.log",
  transcription: "transcription.log",
  vod: "vod.log",
  error: "error.log",
} as const;
export type LogName = keyof typeof logFiles;

/** The logs to write to; every entry is also written to the application log. */
export interface Logs {
  readonly application: Logger;
  readonly transcription: Logger;
  readonly vod: Logger;
}

const severities = ["error", "warn", "info", "debug"] as const;
type Severity = (typeof severities)[number];
type Write = (severity: Severity, text: string) => void;

function createWriter(file: string, level: Settings["log"]["level"]): Write {
  const logger = log.create({ logId: file });
  logger.transports.console.level = false;
  logger.transports.file.level = level;
  logger.transports.file.maxSize = maxBytes;
  logger.transports.file.resolvePathFn = () => file;
  logger.transports.file.archiveLogFn = (old) => rotateLog(old.path);
  logger.transports.file.format = "{iso} [{level}] {text}";
  return (severity, text) => logger[severity](text);
}

/** A separate log for a process other than the station: two processes must not write the same file. */
export function openLog(file: string, level: Settings["log"]["level"]): Logger {
  const write = createWriter(file, level);
  const createMethod =
    (severity: Severity) =>
    (message: string, data?: Readonly<Record<string, unknown>>): void =>
      write(severity, formatEntry(message, data));
  return {
    error: createMethod("error"),
    warn: createMethod("warn"),
    info: createMethod("info"),
    debug: createMethod("debug"),
  };
}

const formatEntry = (message: string, data?: Readonly<Record<string, unknown>>): string =>
  data === undefined ? message : `${message} ${JSON.stringify(data, errorsAsText)}`;

/** Opens the logs in a folder; each file is created with its first line. */
export function openLogs(folder: string, level: Settings["log"]["level"]): Logs {
  const write = (name: LogName): Write => createWriter(join(folder, logFiles[name]), level);
  const [everything, errors] = [write("application"), write("error")];
  const logger = (own?: Write): Logger => {
    const createMethod =
      (severity: Severity) =>
      (message: string, data?: Readonly<Record<string, unknown>>): void => {
        const text = formatEntry(message, data);
        everything(severity, text);
        own?.(severity, text);
        if (severity === "error") errors(severity, text);
      };
    return {
      error: createMethod("error"),
      warn: createMethod("warn"),
      info: createMethod("info"),
      debug: createMethod("debug"),
    };
  };
  return { application: logger(), transcription: logger(write("transcription")), vod: logger(write("vod")) };
}

function errorsAsText(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { message: value.message, stack: value.stack, cause: value.cause };
}
