/** Prints to the terminal: results to standard output, everything else to standard error. */
import type { ArchivistError } from "../../contract/errors.ts";

/** Replaces control characters: names of files may hold line breaks and terminal codes, which must not take effect. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, "\uFFFD");
}

/** "1 caption", "2 captions". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * Keeps a reader that has closed its end (`| head`) or a full disk from ending the program in the middle of its work.
 * @returns a function that resolves, once all is written, to whether output was lost for a reason other than a closed
 *   reader
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

/** Prints one JSON object for programs, and nothing else. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** An error in one line: what happened, why, and what to do. */
export function errorLine(error: ArchivistError): string {
  return printable(`${error.message}. ${error.remedy}`);
}

/** An error in the form of the JSON results. */
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
