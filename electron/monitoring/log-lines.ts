/** Reads the logs, newest first, with filters. */
import { open } from "node:fs/promises";
import { join } from "node:path";
import { type LogName, logFiles } from "../config/logger.ts";

export const logLevels = ["error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogLine {
  readonly date: string;
  readonly level: LogLevel;
  readonly message: string;
  /** JSON, or empty. */
  readonly details: string;
}

/** Maximum number of bytes read from the end of a log: more than users read. */
const maxBytes = 8 * 1024 ** 2;

const linePattern = /^(\S+) \[(error|warn|info|debug)\] (.*)$/;

/** Parses a log. Continuation lines, such as a stack trace, belong to the line before them. Pure. */
export function parseLog(text: string): readonly LogLine[] {
  const lines: LogLine[] = [];
  for (const line of text.split("\n")) {
    const match = linePattern.exec(line);
    if (match === null) continue;
    const [, date = "", level, rest = ""] = match;
    const at = rest.indexOf(" {");
    const [message, details] = at < 0 ? [rest, ""] : [rest.slice(0, at), rest.slice(at + 1)];
    lines.push({ date, level: level as LogLevel, message, details });
  }
  return lines;
}

export interface LogQuery {
  readonly name: LogName;
  /** Minimum severity that is included. */
  readonly level: LogLevel;
  readonly text: string;
  readonly limit: number;
}

/** Reads the newest matching lines first. */
export async function readLog(
  folder: string,
  { name, level, text, limit }: LogQuery,
): Promise<{ readonly file: string; readonly lines: readonly LogLine[] }> {
  const file = join(folder, logFiles[name]);
  const content = await readTail(file);
  const least = logLevels.indexOf(level);
  const wanted = text.trim().toLowerCase();
  const lines = parseLog(content).filter(
    (line) =>
      logLevels.indexOf(line.level) <= least &&
      (wanted === "" || `${line.message} ${line.details}`.toLowerCase().includes(wanted)),
  );
  return { file, lines: lines.slice(-limit).reverse() };
}

async function readTail(file: string): Promise<string> {
  const handle = await open(file, "r").catch(() => undefined);
  if (handle === undefined) return "";
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, maxBytes);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString("utf8");
  } finally {
    await handle.close();
  }
}
