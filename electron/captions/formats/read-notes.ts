/** What a reader could not use of a file: issues, those of one kind together. */
import { createIssue, type Issue } from "../quality/issue.ts";
import { listDroppedFeatures } from "./dropped-features.ts";

/** Parts of this many lines are named one by one; a file that is broken from end to end is told in one line. */
const maxUnreadable = 200;

export class ReadNotes {
  readonly #unreadable: Issue[] = [];
  #more = 0;
  readonly #leftOut = new Map<string, number>();

  /** A part of the file that is missing from what was read. @param line of the file, from 1 */
  addUnreadable(reason: string, line?: number): void {
    if (this.#unreadable.length >= maxUnreadable) this.#more++;
    else this.#unreadable.push(createIssue("unreadable", reason, line === undefined ? {} : { line }));
  }

  /** Something that captions have nothing for. */
  addLeftOut(what: string, count = 1): void {
    this.#leftOut.set(what, (this.#leftOut.get(what) ?? 0) + count);
  }

  issues(): readonly Issue[] {
    return [
      ...this.#unreadable,
      ...(this.#more === 0 ? [] : [createIssue("unreadable", `${this.#more} more parts of it cannot be read`)]),
      ...[...this.#leftOut].map(([what, count]) => listDroppedFeatures(`${count} × ${what}`)),
    ];
  }
}
