/**
 * The version of Node.js that Archivist needs. Plain JavaScript, because an older Node must be able to read it: it
 * cannot run TypeScript, and better-sqlite3 crashes it.
 */
import { createRequire } from "node:module";

/** Oldest major version that runs everything. */
export const neededMajor = 24;

const require = createRequire(import.meta.url);

/** True when this process may go on. */
export function isNodeNewEnough(version = process.versions.node) {
  return Number(version.split(".")[0]) >= neededMajor;
}

/** The Node.js that npm installed with Archivist for this platform, if it is there. */
export function bundledNode() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  const file = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  try {
    return require.resolve(`${prefix}-${platform}-${process.arch}/${file}`);
  } catch {
    return undefined;
  }
}

/** What to tell a user whose Node.js is too old and for whom there is no other. */
export function nodeTooOldMessage(version = process.versions.node) {
  return (
    `Archivist needs Node.js ${neededMajor} or newer, and this is ${version}.\n` +
    "Run `npm ci` in Archivist's folder, which brings the right one, or install it from https://nodejs.org.\n"
  );
}
