/**
 * Holds what a document promises against what the program does and against the manual's list of differences. A promise
 * that is broken has to be listed; one that is kept must not be.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { projectRoot } from "./paths.ts";

interface Outcome {
  readonly key: string;
  /** Why the promise was broken; undefined: it was kept. */
  readonly failure: string | undefined;
}

const toKey = (call: string, what: string): string => `${call} | ${what}`;
const unquote = (cell: string): string => cell.trim().replace(/^`|`$/g, "");

/** The rows of the table below a heading of a page of the manual, by call and promise. */
export function readDifferences(
  page: string,
  heading: string,
): readonly { readonly key: string; readonly why: string }[] {
  const text = readFileSync(join(projectRoot, "resources/manual", page), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((line) => {
    const [, call = "", what = "", , , why = ""] = line.split("|");
    return { key: toKey(unquote(call), unquote(what)), why: why.trim() };
  });
}

export function createLedger() {
  const outcomes: Outcome[] = [];
  return {
    /** Tries one promise. @param prove throws when the promise is broken */
    promise: async (call: string, what: string, prove: () => unknown): Promise<void> => {
      try {
        await prove();
        outcomes.push({ key: toKey(call, what), failure: undefined });
      } catch (thrown) {
        const failure = thrown instanceof Error ? thrown.message : String(thrown);
        outcomes.push({ key: toKey(call, what), failure });
      }
    },
    /** Compares the broken promises with the list of differences. */
    settle: (differences: ReturnType<typeof readDifferences>): void => {
      const listed = new Set(differences.map(({ key }) => key));
      const broken = outcomes.filter(({ failure }) => failure !== undefined);
      expect(broken.filter(({ key }) => !listed.has(key))).toEqual([]);
      const keys = new Set(broken.map(({ key }) => key));
      expect(
        [...listed].filter((key) => !keys.has(key)),
        "listed in the manual, but kept here or never tried",
      ).toEqual([]);
      expect(differences.filter(({ why }) => why === "")).toEqual([]);
      expect(new Set(outcomes.map(({ key }) => key)).size).toBe(outcomes.length);
    },
    outcomes: outcomes as readonly Outcome[],
  };
}
