/**
 * `npm run sbom`: writes what the program is made of, from the lock file, as CycloneDX, to `.build/archivist.cdx.json` or a
 * file that is named.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = join(import.meta.dirname, "..");
const target = resolve(process.argv[2] ?? join(root, ".build/archivist.cdx.json"));

const listing = ["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "application", "--package-lock-only"];
// npm's own program where it runs this one; else the one of the path.
const npm = process.env.npm_execpath;
const made =
  npm === undefined
    ? spawnSync("npm", listing, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 ** 2 })
    : spawnSync(process.execPath, [npm, ...listing], { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 ** 2 });
if (made.status !== 0) {
  process.stderr.write(`npm could not list the packages:\n${made.stderr}\n`);
  process.exit(1);
}
interface Bom {
  metadata: { component: Record<string, unknown> };
  components: unknown[];
}
const bom = JSON.parse(made.stdout) as Bom;
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
// npm takes the name of the folder.
bom.metadata.component = { ...bom.metadata.component, type: "application", name: "archivist", version };
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `${JSON.stringify(bom, undefined, 2)}\n`);
process.stdout.write(`${target}: ${bom.components.length} packages\n`);
