/** What goes to the terminal: results to standard output, everything else to standard error. */
import type { ArchivistError } from "../../contract/errors.ts";

/** Names of files may hold line breaks and terminal codes; they must not act. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, "\uFFFD");
}

/** "1 caption", "2 captions". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * Keeps a reader that has gone away (`| head`) or a full disk from ending the program in the middle of its work.
 * @returns whether, once all is written, something has been lost for another reason than a reader who had enough.
 */
export function guardOutput(): () => Promise<boolean> {
  let lost = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EOF") lost = true;
    });
  }
  return async () => {
    await new Promise((resolve) => process.stdout.write("", resolve));
    return lost;
  };
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
