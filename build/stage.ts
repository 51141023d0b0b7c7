/**
 * Stages the application for Electron in `.build/app`: the same tree as here with JavaScript in place of TypeScript, so
 * that paths that the code derives from its own location stay valid. Pages, resources and native programs are linked
 * there.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { buildPages } from "./pages.ts";
import { bundlePreload } from "./preload.ts";

const root = join(import.meta.dirname, "..");
const require = createRequire(import.meta.url);

/** Non-code files of `electron/` that the program reads. */
const isCopied = (path: string): boolean => path.endsWith(".sql") || path.endsWith("calibration.json");

/** Folders beside `electron/` that the code finds from there. */
const linked = ["renderer/dist", "resources", "native/out"] as const;

export const stagedApp = join(root, ".build/app");

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}

function isFresh(): boolean {
  const made = statSync(join(stagedApp, "package.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return (
    made >
    Math.max(newest(join(root, "electron")), newest(join(root, "build")), statSync(join(root, "package.json")).mtimeMs)
  );
}

/** Compiles `electron/` to JavaScript. @throws Error with the compiler's output */
function emitCode(folder: string): void {
  const options = join(folder, "tsconfig.json");
  mkdirSync(folder, { recursive: true });
  const fromHere = (path: string): string => relative(folder, join(root, path)).replaceAll("\\", "/");
  writeFileSync(
    options,
    JSON.stringify({
      extends: fromHere("tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        rewriteRelativeImportExtensions: true,
        allowJs: true,
        rootDir: fromHere("electron"),
        outDir: "./electron",
        lib: ["ES2024"],
        types: ["node"],
        typeRoots: [fromHere("node_modules/@types")],
      },
      include: [`${fromHere("electron")}/**/*.ts`, `${fromHere("electron")}/**/*.mjs`],
    }),
  );
  const compiler = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", options], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the application could not be compiled:\n${stdout}`);
  rmSync(options);
}

/** @param onlyIfStale true: does nothing if the stage is up to date */
export async function stageApp(onlyIfStale: boolean): Promise<string> {
  await buildPages(true);
  if (onlyIfStale && isFresh()) return stagedApp;
  rmSync(stagedApp, { recursive: true, force: true });
  emitCode(stagedApp);
  const code = join(root, "electron");
  for (const file of readdirSync(code, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (!file.isFile() || !isCopied(path)) continue;
    const target = join(stagedApp, "electron", relative(code, path));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(path, target);
  }
  writeFileSync(join(stagedApp, "electron/preload.cjs"), await bundlePreload());
  for (const path of linked) {
    const target = join(stagedApp, path);
    mkdirSync(dirname(target), { recursive: true });
    if (existsSync(join(root, path))) symlinkSync(join(root, path), target, "junction");
  }
  const { name, version, description, type } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
    string,
    string
  >;
  // Written last: without this file, nothing counts as staged.
  writeFileSync(
    join(stagedApp, "package.json"),
    `${JSON.stringify({ name, version, description, type, main: "electron/main.js" }, null, 2)}\n`,
  );
  return stagedApp;
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${await stageApp(false)}\n`);
