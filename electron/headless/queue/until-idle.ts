/** `archivist run --until-idle`: does all that was found, and says what it leaves. */
import { IdleWatch, type LeftWork } from "../../intake/idle-watch.ts";
import type { Station } from "../../station.ts";
import { counted, printable, printNotice, printResult } from "../terminal/print.ts";

/** How often it is checked whether there is anything left to do, in milliseconds. */
const pollMs = 200;
/** Longer lists are not read; the last line says how many more there are. */
const maxLines = 20;

/** Waits until nothing is left that the station can do by itself. @returns What stays undone */
export async function waitUntilIdle({ services, runtime }: Station, signal: AbortSignal): Promise<readonly LeftWork[]> {
  const watch = new IdleWatch({ services, ...runtime });
  while (!signal.aborted && !watch.check()) await new Promise((resolve) => setTimeout(resolve, pollMs));
  return watch.listLeft();
}

/** Prints what stays undone. */
export function printLeft(left: readonly LeftWork[], json: boolean): void {
  if (json) {
    for (const { kind, name, reason } of left) {
      process.stdout.write(`${JSON.stringify({ event: "left", kind, name, reason })}\n`);
    }
    return;
  }
  for (const { name, reason } of left.slice(0, maxLines)) printResult(printable(`Left: ${name}: ${reason}`));
  if (left.length > maxLines) printResult(`Left: ${counted(left.length - maxLines, "more thing")}.`);
  if (left.length === 0) printNotice("Nothing is left to do.");
}
