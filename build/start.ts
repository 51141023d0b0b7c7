/** `npm start`: the station with its screens in the browser, until the desktop shell is there. `-- --no-open` opens none. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildPages } from "./pages.ts";

const root = join(import.meta.dirname, "..");
const wished = process.argv.slice(2);
const options = wished.includes("--no-open")
  ? wished.filter((option) => option !== "--no-open")
  : ["--open", ...wished];

await buildPages(true);
const child = spawn(process.execPath, [join(root, "electron/headless/archivist.mjs"), "serve", ...options], {
  stdio: "inherit",
});
// Ctrl-C reaches both, and this one waits for the station to end; what reaches this one only is passed on.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
