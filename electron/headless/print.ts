/** What goes to the terminal: results to standard output, everything else to standard error. */
import type { ArchivistError } from "../contract/errors.ts";

/** Names of files may hold line breaks and terminal codes; they must not act. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, "\uFFFD");
}

export function printResult(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printNotice(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** JSON that a program reads: one object, nothing else. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** An error in one line: what, why, and what to do. */
export function errorLine(error: ArchivistError): string {
  return printable(`${error.message}. ${error.remedy}`);
}

/** An error as the JSON results carry it. */
export function errorJson(error: ArchivistError): Readonly<Record<string, string>> {
  return { code: error.code, message: error.message, remedy: error.remedy };
}

/** Milliseconds as `3 h 20 min`, `4 min 10 s` or `12 s`. */
export function spokenDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
