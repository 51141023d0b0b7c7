/** `npm run build`: bundles the pages of the workstation into `renderer/dist`. */
import { copyFileSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** Modification time of the newest source file of the pages. */
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

/** @param onlyIfStale true: does nothing if the build is up to date */
export async function buildPages(onlyIfStale: boolean): Promise<void> {
  if (onlyIfStale && isFresh()) return;
  // Imported only if a build is needed: starting the program does not need their hundred megabytes.
  const [{ build }, { default: react }] = await Promise.all([import("vite"), import("@vitejs/plugin-react")]);
  await build({
    configFile: false,
    // Warnings concern Node code of the spell checker that browsers never load.
    logLevel: "error",
    root: join(root, "renderer"),
    base: "./",
    plugins: [react()],
    worker: { format: "es" },
    build: {
      outDir: join(root, "renderer/dist"),
      emptyOutDir: true,
      target: "chrome140",
      // The pages' policy allows nothing inline.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1_500,
    },
  });
  addDictionaries();
}

/** Copies dictionaries beside the pages, named by language code: English ships with us, others can be added there. */
function addDictionaries(): void {
  const folder = join(root, "renderer/dist/dictionaries");
  mkdirSync(folder, { recursive: true });
  for (const ending of ["aff", "dic"]) {
    copyFileSync(join(root, `node_modules/dictionary-en/index.${ending}`), join(folder, `en.${ending}`));
  }
}

if (process.argv[1] === import.meta.filename) await buildPages(process.argv.includes("--if-stale"));
