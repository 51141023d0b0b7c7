/**
 * Bundles the preload in the form that a sandboxed page requires: one CommonJS file that requires only `electron`
 * (electron/shell/README.md, "Windows").
 */
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "..");

/** @returns the bundled source */
export async function bundlePreload(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    root: join(root, "electron"),
    build: {
      write: false,
      minify: false,
      target: "node24",
      lib: { entry: join(root, "electron/preload.ts"), formats: ["cjs"] },
      rollupOptions: { external: ["electron"], output: { codeSplitting: false } },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) => ("output" in each ? each.output : []));
  const [chunk, ...others] = outputs;
  if (chunk?.type !== "chunk" || others.length > 0) throw new Error("the preload is not one file");
  return chunk.code;
}
