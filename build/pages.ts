/** `npm run build`: bundles the pages of the workstation into `renderer/dist`. */
import { copyFileSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** Time of the newest file that the pages are made of. */
function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const own = files.filter((file) => file.isFile() && !file.parentPath.includes("dist"));
  return Math.max(...own.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}

function isFresh(): boolean {
  const made = statSync(join(root, "renderer/dist/index.html"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ["renderer", "electron/contract", "electron/captions", "resources/manual"].map((folder) =>
    newest(join(root, folder)),
  );
  return made > Math.max(...sources, statSync(import.meta.filename).mtimeMs);
}

/** @param onlyIfStale true: nothing is done where they are as they should be */
export async function buildPages(onlyIfStale: boolean): Promise<void> {
  if (onlyIfStale && isFresh()) return;
  // Only where there is something to build: a program that is only started does without their hundred megabytes.
  const [{ build }, { default: react }] = await Promise.all([import("vite"), import("@vitejs/plugin-react")]);
  await build({
    configFile: false,
    // Warnings are about Node parts of the spell checker that no browser asks for.
    logLevel: "error",
    root: join(root, "renderer"),
    base: "./",
    plugins: [react()],
    worker: { format: "es" },
    build: {
      outDir: join(root, "renderer/dist"),
      emptyOutDir: true,
      target: "chrome140",
      // The pages' policy takes nothing inline.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1_500,
    },
  });
  addDictionaries();
}

/** Dictionaries lie beside the pages, by the code of their language: English comes with us, others can be put there. */
function addDictionaries(): void {
  const folder = join(root, "renderer/dist/dictionaries");
  mkdirSync(folder, { recursive: true });
  for (const ending of ["aff", "dic"]) {
    copyFileSync(join(root, `node_modules/dictionary-en/index.${ending}`), join(folder, `en.${ending}`));
  }
}

if (process.argv[1] === import.meta.filename) await buildPages(process.argv.includes("--if-stale"));
