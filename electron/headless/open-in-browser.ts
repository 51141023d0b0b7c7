/** Opens an address in the user's browser. */
import open from "open";
import { printNotice } from "./terminal/print.ts";

/** A machine without a browser is not an error: the address has been printed. */
export async function openInBrowser(url: string): Promise<void> {
  try {
    const child = await open(url);
    child.once("error", () => printNotice(`No browser could be opened; the address is ${url}`));
  } catch {
    printNotice(`No browser could be opened; the address is ${url}`);
  }
}
