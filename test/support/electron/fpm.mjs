#!/usr/bin/env node
/** A replacement for fpm as electron-builder calls it, using Debian's own dpkg-deb: the resulting package is real. */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const args = process.argv.slice(2);
/** @param {string} name */
const all = (name) => args.flatMap((arg, at) => (arg === name ? [args[at + 1] ?? ""] : []));
/** @param {string} name */
const one = (name) => all(name)[0] ?? "";

const folder = mkdtempSync(join(tmpdir(), "archivist-deb-"));
try {
  for (const pair of args.filter((arg) => /^\/.*=\//.test(arg))) {
    const [from = "", to = ""] = pair.split("=");
    const target = join(folder, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true });
    if (statSync(from).isFile()) chmodSync(target, statSync(from).mode & 0o777);
  }
  const control = join(folder, "DEBIAN");
  mkdirSync(control);
  const lines = {
    Package: one("--name"),
    Version: one("--version"),
    Architecture: one("--architecture"),
    Maintainer: one("--maintainer"),
    Homepage: one("--url"),
    Depends: all("-d").join(", "),
    Recommends: all("--deb-recommends").join(", "),
    Priority: one("--deb-priority"),
    Description: one("--description"),
  };
  const text = Object.entries(lines).map(([key, value]) => `${key}: ${value}\n`);
  writeFileSync(join(control, "control"), text.join(""));
  for (const [option, name] of [
    ["--after-install", "postinst"],
    ["--after-remove", "postrm"],
  ]) {
    const script = join(control, name);
    writeFileSync(script, readFileSync(one(option)));
    chmodSync(script, 0o755);
  }
  execFileSync("dpkg-deb", ["--root-owner-group", "-Zgzip", "-z1", "--build", folder, one("--package")]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
