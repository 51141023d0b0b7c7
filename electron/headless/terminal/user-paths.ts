/** Resolves paths relative to the folder in which the user ran the command. */
import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

/** Folder of our package.json. */
const packageRoot = resolve(import.meta.dirname, "../../..");

/**
 * The folder that relative paths are resolved against. npm runs scripts in the package's folder and passes the user's
 * folder in INIT_CWD; an INIT_CWD set by another program is ignored.
 */
export function userFolder(environment: NodeJS.ProcessEnv = process.env, current: string = process.cwd()): string {
  const { INIT_CWD: initial, npm_package_json: manifest } = environment;
  const startedByNpm = manifest !== undefined && resolve(manifest) === resolve(packageRoot, "package.json");
  return startedByNpm && initial !== undefined && resolve(current) === packageRoot ? initial : current;
}

/** The data folder given by `--data-dir`; undefined: the default one. */
export function userDataFolder({ dataDir }: { readonly dataDir?: string }): string | undefined {
  return dataDir === undefined ? undefined : userPath(dataDir);
}

/** Resolves a path that the user typed to an absolute one. */
export function userPath(typed: string): string {
  return resolve(userFolder(), typed);
}

/** Keeps the name of a model; makes a path, or the name of a file in the user's folder, absolute. */
export function modelArgument(typed: string): string {
  if (isAbsolute(typed)) return typed;
  const looksLikePath = /[\\/]|\.bin$/i.test(typed);
  return looksLikePath || existsSync(userPath(typed)) ? userPath(typed) : typed;
}
