/** Shows an address in the browser of whoever sits at the machine. */
import open from "open";
import { printNotice } from "./terminal/print.ts";

/** A machine without a browser is no fault: the address has been printed. */
export async function openInBrowser(url: string): Promise<void> {
  try {
    const child = await open(url);
    child.once("error", () => printNotice(`No browser could be opened; the address is ${url}`));
  } catch {
    printNotice(`No browser could be opened; the address is ${url}`);
  }
}
