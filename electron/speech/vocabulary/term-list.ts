/** Parses a list of names from a text file. */
import { ArchivistError } from "../../contract/errors.ts";
import { type TermKind, termKinds } from "../../contract/glossary.ts";

export interface ListedTerm {
  readonly term: string;
  readonly kind: TermKind;
}

/** No name is longer; a longer line means another kind of file. */
const maxTermLength = 100;
const maxTerms = 5_000;

/**
 * Parses one name per line. `person: Jane Doe` states its kind; lines that begin with #, empty lines and duplicates are
 * skipped.
 * @throws ArchivistError `glossary.invalid`, with the line
 */
export function readTermList(text: string): readonly ListedTerm[] {
  const found = new Map<string, ListedTerm>();
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const trimmed = line.normalize("NFC").replace(/\s+/gu, " ").trim();
    if (trimmed === "" || trimmed.startsWith("#")) return;
    const listed = readTerm(trimmed);
    if (listed.term === "" || listed.term.length > maxTermLength || /\p{Cc}|\uFFFD/u.test(listed.term)) {
      throw new ArchivistError("glossary.invalid", {
        subject: `line ${index + 1}`,
        cause:
          listed.term.length > maxTermLength ? `this is longer than ${maxTermLength} characters` : "this is not a name",
      });
    }
    found.set(listed.term, listed);
  });
  if (found.size > maxTerms) {
    throw new ArchivistError("glossary.invalid", {
      cause: `there are ${found.size} names in it; ${maxTerms} are the most`,
    });
  }
  return [...found.values()];
}

function readTerm(line: string): ListedTerm {
  const match = /^([a-z]+)\s*:\s*(.*)$/i.exec(line);
  const kind = termKinds.find((known) => known === match?.[1]?.toLowerCase());
  return kind === undefined ? { term: line, kind: "other" } : { term: match?.[2] ?? "", kind };
}
