/** Paths as the user meant them: from where the user stood. */
import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

/** Folder of our package.json. */
const packageRoot = resolve(import.meta.dirname, "../../..");

/**
 * The folder that relative paths start from. npm runs scripts in the package's folder and says in INIT_CWD where the
 * user was; INIT_CWD of another program around us means nothing.
 */
export function userFolder(environment: NodeJS.ProcessEnv = process.env, current: string = process.cwd()): string {
  const { INIT_CWD: initial, npm_package_json: manifest } = environment;
  const startedByNpm = manifest !== undefined && resolve(manifest) === resolve(packageRoot, "package.json");
  return startedByNpm && initial !== undefined && resolve(current) === packageRoot ? initial : current;
}

/** The data folder that a command is given with `--data-dir`; undefined: the usual one. */
export function userDataFolder({ dataDir }: { readonly dataDir?: string }): string | undefined {
  return dataDir === undefined ? undefined : userPath(dataDir);
}

/** An absolute path for what the user typed. */
export function userPath(typed: string): string {
  return resolve(userFolder(), typed);
}

/** A model's name stays a name; what looks like a path, or is a file from where the user stands, becomes absolute. */
export function modelArgument(typed: string): string {
  if (isAbsolute(typed)) return typed;
  const looksLikePath = /[\\/]|\.bin$/i.test(typed);
  return looksLikePath || existsSync(userPath(typed)) ? userPath(typed) : typed;
}
