/**
 * Runs one of our TypeScript programs: `node build/run.mjs native/build.ts --rebuild`. Checks the version of Node.js
 * first, so that an old one reports what is wrong instead of failing on the first type annotation.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isNodeNewEnough, nodeTooOldMessage } from "../electron/platform/node-version.mjs";

if (!isNodeNewEnough()) {
  process.stderr.write(nodeTooOldMessage());
  process.exit(1);
}
const program = process.argv[2];
if (program === undefined) {
  process.stderr.write("Usage: node build/run.mjs PROGRAM.ts [ARGUMENTS]\n");
  process.exit(2);
}
// The program sees its own arguments, as if it had been started directly.
process.argv.splice(1, 2, resolve(program));
await import(pathToFileURL(resolve(program)).href);
