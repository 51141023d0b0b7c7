/** Reads chapters from a text file. */
import { readFile } from "node:fs/promises";
import { type ListedChapter, parseChapterList } from "../../contract/chapter-list.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { fileError } from "../../platform/file-errors.ts";

/** @throws ArchivistError `usage.invalid` when a line is no chapter, `file.*` */
export async function readChapterList(path: string): Promise<readonly ListedChapter[]> {
  const text = await readFile(path, "utf8").catch((thrown: unknown) => {
    throw fileError(thrown, path, "read");
  });
  const { chapters, faults } = parseChapterList(text);
  const [fault] = faults;
  if (fault === undefined) return chapters;
  throw new ArchivistError("usage.invalid", {
    subject: path,
    cause: `this line is no chapter: "${fault}"`,
    remedy: "Write one chapter a line, its time first: 0:12:30 Public hearing.",
  });
}
