/**
 * `npm start`: the workstation in its own window where Electron's binary is there or can be had, else in the browser.
 * `-- --browser` goes to the browser, as every other option of `archivist serve` does; `-- --no-open` opens none.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { getElectron } from "./electron-binary.ts";
import { buildPages } from "./pages.ts";

const root = join(import.meta.dirname, "..");
const requested = process.argv.slice(2);
const mayHaveWindow = requested.length === 0;
const electron = mayHaveWindow ? getElectron() : undefined;

if (mayHaveWindow && electron === undefined) {
  process.stderr.write(
    "Electron's binary is not here and could not be fetched: the workstation opens in the browser.\n",
  );
}

async function command(): Promise<readonly [program: string, args: readonly string[]]> {
  if (electron !== undefined) {
    const { stageApp } = await import("./stage.ts");
    return [electron, [await stageApp(true)]];
  }
  await buildPages(true);
  const options = requested.filter((option) => option !== "--no-open" && option !== "--browser");
  const opens = requested.includes("--no-open") ? [] : ["--open"];
  return [process.execPath, [join(root, "electron/headless/archivist.mjs"), "serve", ...opens, ...options]];
}

const [program, args] = await command();
const child = spawn(program, [...args], { stdio: "inherit" });
// Ctrl-C reaches both, and this one waits for the station to end; what reaches this one only is passed on.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
