/** Words that names do not use: each said something else to every reader, and has a plain one in its place. */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../support/paths.ts";

interface BannedWord {
  readonly pattern: RegExp;
  readonly use: string;
}

/** Matches words of a name in camel case, whole: `recommend` does not have the word `mend`. @param words in small letters */
function toPattern(...words: readonly string[]): RegExp {
  const inside = words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`);
  return new RegExp(`(?:^(?:${[...words, ...inside].join("|")})|(?<=[a-z\\d])(?:${inside.join("|")}))(?=[A-Z\\d]|$)`);
}

/** Matched against the words of a name, put together in camel case: `tellOf` has the words `tell` and `Of`. */
const bannedWords: readonly BannedWord[] = [
  { pattern: /[a-z]Of$/, use: "a verb: get (at hand), find (may be missing), list, format, to…, or the noun alone" },
  { pattern: /Parts$/, use: "…Deps for what a function is given, or the noun that is meant" },
  { pattern: toPattern("wish", "wishes", "wished"), use: "request, or options" },
  { pattern: toPattern("desk"), use: "service, manager or sessions" },
  { pattern: /[wW]orkshop/, use: "StationServices" },
  { pattern: toPattern("deed", "deeds"), use: "action" },
  { pattern: toPattern("told", "untold", "tell", "tells"), use: "notify, report, send or print" },
  {
    pattern: toPattern("look", "looked", "looking", "lookAt", "looks(?!Like)"),
    use: "inspect, read, poll or refresh; style for how text appears",
  },
  { pattern: /(^|[a-z])[uU]?n?[hH]eard([A-Z]|$)/, use: "recognized, spoken" },
  { pattern: /^(most|least|longest|shortest|usual)[A-Z]/, use: "max, min or default" },
  { pattern: /[uU]pkeep/, use: "maintenance" },
  { pattern: toPattern("mend", "mended", "mends", "mending"), use: "repair, repaired" },
  { pattern: /[sS]omebody|[nN]obody|[wW]hoever|[aA]nybody/, use: "the role: user, editor, listener; or no, any" },
  { pattern: /(^|[a-z])[gG]ive(Up|Again|sUp|sAgain)([A-Z]|$)/, use: "fail, cancel, abandon; redeliver" },
  { pattern: /(^|[a-z])[pP]utAside/, use: "rename" },
  { pattern: /[oO]neAtATime/, use: "mutex" },
  { pattern: /[aA]nswersWithin/, use: "withTimeout" },
  { pattern: /[tT]ravell?ing/, use: "inFlight" },
  { pattern: toPattern("parcel", "parcels"), use: "pendingEdit, request" },
  { pattern: /(^|[a-z])[uU]nkept/, use: "unsaved, unversioned" },
];

interface AllowedName {
  readonly name: string;
  /** The folders or files where it may be declared; none: everywhere. */
  readonly within?: readonly string[];
  readonly reason: "wire" | "column" | "wire and column";
}

/** Names that others read: procedures and fields of the interface, columns of the catalog, results of jobs. */
const allowedNames: readonly AllowedName[] = [
  { name: "deed", reason: "wire and column" },
  { name: "wish", within: ["electron/catalog"], reason: "column" },
  { name: "heard", reason: "wire and column" },
  { name: "timesHeard", reason: "wire and column" },
  { name: "lastHeardDate", within: ["electron/catalog"], reason: "column" },
  { name: "heardTerms", reason: "column" },
  { name: "look", within: ["electron/contract/api", "electron/api/handlers"], reason: "wire" },
  { name: "unkeptEdits", within: ["electron/contract/api", "electron/api/handlers"], reason: "wire" },
  { name: "upkeep", within: ["electron/station-runtime.ts"], reason: "wire" },
  { name: "mended", within: ["electron/maintenance"], reason: "wire" },
];

interface DeclaredName {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** The names that a source file declares: functions, variables, parameters, types, members. Uses are not looked at. */
function listDeclaredNames(file: string, text: string): readonly DeclaredName[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const names: DeclaredName[] = [];
  const visit = (node: ts.Node): void => {
    const { name } = node as { readonly name?: ts.Node };
    const isUse = ts.isPropertyAccessExpression(node) || ts.isImportSpecifier(node) || ts.isJsxAttribute(node);
    if (name !== undefined && !isUse && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) {
      const line = source.getLineAndCharacterOfPosition(name.getStart(source)).line + 1;
      names.push({ name: name.text.replace(/^#/, ""), file, line });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

const isBelow = (file: string, folder: string): boolean => file === folder || file.startsWith(`${folder}/`);

function findBannedWord({ name, file }: DeclaredName): BannedWord | undefined {
  const isAllowed = allowedNames.some(
    (allowed) => allowed.name === name && (allowed.within?.some((folder) => isBelow(file, folder)) ?? true),
  );
  return isAllowed ? undefined : bannedWords.find(({ pattern }) => pattern.test(name));
}

function listSourceFiles(): readonly string[] {
  return ["electron", "renderer", "native", "build"].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
      .map((path) => `${folder}/${path.split(sep).join("/")}`)
      .filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path))
      .filter((path) => !path.startsWith("native/out/") && !path.startsWith("renderer/dist/")),
  );
}

describe("the names of the program", () => {
  test("use none of the banned words", () => {
    const found = listSourceFiles()
      .flatMap((file) => listDeclaredNames(file, readFileSync(join(projectRoot, file), "utf8")))
      .flatMap((declared) => {
        const banned = findBannedWord(declared);
        return banned === undefined ? [] : [`${declared.file}:${declared.line} ${declared.name}: ${banned.use}`];
      });
    expect(found).toEqual([]);
  });

  test.each([
    "export function titleOf(): void {}",
    "interface ApiParts {}",
    "const { wish } = request;",
    "class EditingDesk {}",
    "const change = { deedNumber: 1 };",
    "function tellListeners(): void {}",
    "class Monitor { #look(): void {} }",
    "const mostLines = 4;",
    "type Told = string;",
    "function run(somebody: string): void {}",
    "const mendedFiles = 0;",
    "const filesMended = 0;",
  ])("are found where they are declared: %s", (text) => {
    const found = listDeclaredNames("electron/media/planted.ts", text).filter(
      (declared) => findBannedWord(declared) !== undefined,
    );
    expect(found).toHaveLength(1);
  });

  test.each([
    "request.wish;",
    'import { wishOf } from "x";',
    "const looksLikeScc = true;",
    "const recommended = true;",
    "const isRecommended = true;",
    "const indeed = true;",
    "const text = 'told';",
  ])("are not looked for in uses, nor in words that only begin alike: %s", (text) => {
    const found = listDeclaredNames("electron/media/planted.ts", text).filter(
      (declared) => findBannedWord(declared) !== undefined,
    );
    expect(found).toEqual([]);
  });
});
