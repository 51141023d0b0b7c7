/**
 * `npm start`: opens the workstation in its own window if Electron's binary is installed or can be downloaded,
 * otherwise in the browser. `-- --browser` uses the browser, as does every other option of `archivist serve`;
 * `-- --no-open` does not open it.
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
// Ctrl-C reaches both processes, and this one waits for the station to end; a signal that reaches only this one is
// passed on.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
