/** Opens pages in the user's browser. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import open from "open";
import { secondMs } from "../captions/time/durations.ts";
import { escapeHtml } from "../platform/html.ts";
import { printNotice } from "./terminal/print.ts";

/** A machine without a browser is not an error: the address has been printed. */
export async function openInBrowser(url: string): Promise<void> {
  const say = (): void => printNotice(`No browser could be opened; the address is ${url}`);
  try {
    const child = await open(url);
    child.once("error", say);
  } catch {
    say();
  }
}

/** By then the browser has read the file; the ticket in it is used up. */
const keptMs = 60 * secondMs;

/**
 * Opens a link with a ticket. The link goes through a file that only this user can read, because everybody on the machine
 * sees the arguments of a program.
 * @param folder for the file, which is removed again
 */
export async function openSignedIn(link: string, folder: string): Promise<void> {
  const file = join(folder, "sign-in.html");
  const address = escapeHtml(link);
  try {
    await rm(file, { force: true });
    const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${address}"><a href="${address}">Archivist</a>`;
    await writeFile(file, page, { flag: "wx", mode: 0o600 });
    await openInBrowser(pathToFileURL(file).href);
  } catch {
    printNotice("The browser could not be opened.");
  } finally {
    setTimeout(() => void rm(file, { force: true }).catch(() => undefined), keptMs).unref();
  }
}
