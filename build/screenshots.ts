/** `npm run screenshots`: captures every screen in each of its states into `test/screenshots/`, for visual review. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { buildPages } from "./pages.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "test/screenshots");

await buildPages(true);
rmSync(folder, { recursive: true, force: true });
// The tests of the screens create them: the images show what is tested.
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "build/vitest.config.ts"];
const { status } = spawnSync(process.execPath, [...vitest, "test/e2e", "test/cablecast/practice-page.test.ts"], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, SCREENSHOTS_FOLDER: folder },
});
process.stdout.write(`The pictures are in ${folder}\n`);
process.exitCode = status ?? 1;
