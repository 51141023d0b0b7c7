/** Determines which npm packages ship: the dependencies of a list of packages, and their folders. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Its folder, below the root. */
  readonly folder: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

/** Resolves a package like Node: in the folder's own `node_modules`, then in its parents'. */
function locate(name: string, from: string, root: string): string | undefined {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const found = join(folder, "node_modules", name);
    if (existsSync(join(found, "package.json"))) return found;
  }
  return undefined;
}

/**
 * Returns the given packages and all their dependencies, in alphabetical order.
 * @param root folder with `node_modules`. @throws Error if a required package is not installed
 */
export function packagesFor(names: readonly string[], root: string): readonly ShippedPackage[] {
  const found = new Map<string, ShippedPackage>();
  const add = (name: string, from: string, isOptional: boolean): void => {
    const folder = locate(name, from, root);
    if (folder === undefined) {
      // Optional packages for other systems are not installed.
      if (isOptional) return;
      throw new Error(`${name} is needed and not installed`);
    }
    if (found.has(folder)) return;
    const { name: own, version, license, dependencies = {}, optionalDependencies = {} } = readManifest(folder);
    const kind = typeof license === "string" ? license : (license?.type ?? "see its text");
    found.set(folder, { name: own, version, license: kind, folder });
    for (const each of Object.keys(dependencies)) add(each, folder, each in optionalDependencies);
    for (const each of Object.keys(optionalDependencies)) add(each, folder, true);
  };
  for (const name of names) add(name, root, false);
  return [...found.values()].toSorted((a, b) => a.folder.localeCompare(b.folder));
}

/** The text of the license, if the package has one. */
export function licenseText(folder: string): string | undefined {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file === undefined ? undefined : readFileSync(join(folder, file), "utf8");
}

/** Names of the npm packages that sources import. @param folder searched recursively */
export function importedPackages(folder: string): readonly string[] {
  const names = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || !/\.tsx?$/.test(file.name) || file.parentPath.includes("/dist")) continue;
    const text = readFileSync(join(file.parentPath, file.name), "utf8");
    for (const [, name = ""] of text.matchAll(
      /^(?:import|export)\b[^;]*?from "((?:@[^/"]+\/)?[^."/][^/"]*)[^"]*";/gms,
    )) {
      if (!name.startsWith("node:")) names.add(name);
    }
    for (const [, name = ""] of text.matchAll(/^import "((?:@[^/"]+\/)?[^."/][^/"]*)[^"]*";/gm)) names.add(name);
  }
  return [...names].toSorted();
}
