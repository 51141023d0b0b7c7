/** `npm start`: the station with its screens in the browser, until the desktop shell is there. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildPages } from "./pages.ts";

const root = join(import.meta.dirname, "..");

await buildPages(true);
const args = [join(root, "electron/headless/archivist.mjs"), "serve", "--open", ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { stdio: "inherit" });
// Ctrl-C reaches both: this one waits for the station to end.
process.on("SIGINT", () => undefined);
child.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
