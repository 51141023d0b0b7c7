/** What comments cite is in the repository: electron/README.md, "Cite a fact". */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../support/paths.ts";

/** Has citations that lead nowhere. */
const thisFile = "test/project/citations.test.ts";
const folders = ["electron", "renderer", "native", "resources", "build", "test"];
const isSource = /\.(ts|tsx|mjs|cjs|cpp|hpp|css|service|yml|txt)$/;
/** What is built or fetched there. */
const isMade = /(^|\/)(node_modules|dist|out|screenshots)\//;

interface Citation {
  readonly file: string;
  readonly cited: string;
  /** The headings that are named with it. */
  readonly headings: readonly string[];
}

const listSources = (): readonly string[] => [
  "electron-builder.yml",
  ...folders.flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && isSource.test(file.name))
      .map((file) => relative(projectRoot, join(file.parentPath, file.name)).replaceAll("\\", "/"))
      .filter((path) => !isMade.test(path) && path !== thisFile),
  ),
];

/** The comments of a source, each as one line. */
function listComments(text: string): readonly string[] {
  const blocks = [...text.matchAll(/\/\*[\s\S]*?\*\//g)].map(([block]) => block.replaceAll(/\n\s*\*?\s*/g, " "));
  const lines = [...text.matchAll(/(?:^[ \t]*(?:\/\/|#).*\n)+/gm)].map(([run]) =>
    run.replaceAll(/\n?[ \t]*(\/\/|#)/g, ""),
  );
  const tails = [...text.matchAll(/\S[ \t]+\/\/ (.*)$/gm)].map(([, tail = ""]) => tail);
  return [...blocks, ...lines, ...tails];
}

const quoted = '"[^"]+"';
const citation = new RegExp(`((?:[\\w.-]+/)*[\\w.-]+\\.md)((?:,\\s*${quoted}(?:(?:,| and)\\s*${quoted})*)?)`, "g");

function findCitations(file: string, text: string): readonly Citation[] {
  return listComments(text).flatMap((comment) =>
    [...comment.matchAll(citation)].map(([, cited = "", rest = ""]) => ({
      file,
      cited,
      headings: [...rest.matchAll(/"([^"]+)"/g)].map(([, heading = ""]) => heading),
    })),
  );
}

/** Documents of other projects, which their comment names. */
const isForeign = ({ file, cited }: Citation): boolean =>
  (file === "electron/speech/models/official-models.ts" && cited.endsWith("README.md")) ||
  (file === "test/support/browser/key-count.ts" && cited === "docs/reference/keyboard-shortcuts.md");

/** @returns what is wrong with a citation; undefined where it leads somewhere */
function findFault({ file, cited, headings }: Citation): string | undefined {
  const path = [join(projectRoot, dirname(file), cited), join(projectRoot, cited)].find((each) => existsSync(each));
  if (path === undefined) return `${file} cites ${cited}, which is not in the repository`;
  const present = [...readFileSync(path, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
  const missing = headings.find((heading) => !present.includes(heading));
  return missing === undefined ? undefined : `${file} cites ${cited}, which has no heading "${missing}"`;
}

const citations = listSources().flatMap((file) => findCitations(file, readFileSync(join(projectRoot, file), "utf8")));

test("every document that a comment cites is in the repository, with the heading that it names", () => {
  expect(citations.length).toBeGreaterThan(40);
  const faults = citations.filter((each) => !isForeign(each)).map(findFault);
  expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
});

test("a citation that leads nowhere would be found", () => {
  const lines = [
    "/**",
    " * Why (README.md,",
    ' * "No such heading") and notes.md.',
    " */",
    "// See captions.md §4.",
    "",
  ];
  const faults = findCitations("electron/captions/cue.ts", lines.join("\n")).map(findFault);
  expect(faults).toEqual([
    'electron/captions/cue.ts cites README.md, which has no heading "No such heading"',
    "electron/captions/cue.ts cites notes.md, which is not in the repository",
    "electron/captions/cue.ts cites captions.md, which is not in the repository",
  ]);
});
