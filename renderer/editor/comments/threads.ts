/** Comments as threads: what was said first, and the answers to it. Pure. */
import type { client } from "../../station/connection.ts";

export type Comments = Awaited<ReturnType<typeof client.comments.list>>;
export type Comment = Comments["comments"][number];

export interface Thread {
  readonly first: Comment;
  readonly answers: readonly Comment[];
  readonly isResolved: boolean;
}

/** Open ones by their place in the meeting, then those that are settled. */
export function toThreads(comments: readonly Comment[]): readonly Thread[] {
  const answers = Map.groupBy(
    comments.filter(({ parent }) => parent !== null),
    ({ parent }) => parent,
  );
  return comments
    .filter(({ parent }) => parent === null)
    .map((first) => ({ first, answers: answers.get(first.id) ?? [], isResolved: first.resolvedDate !== null }))
    .toSorted((a, b) => Number(a.isResolved) - Number(b.isResolved) || a.first.atMs - b.first.atMs);
}

/** Number of open threads of each caption, by its id. */
export function countOpen(comments: readonly Comment[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { first, isResolved } of toThreads(comments)) {
    if (!isResolved && first.cue !== null) counts.set(first.cue, (counts.get(first.cue) ?? 0) + 1);
  }
  return counts;
}

export interface TextPart {
  readonly text: string;
  /** The name that is addressed; undefined: ordinary text. */
  readonly person?: string;
}

/** A text in pieces, with the names that are addressed by `@`; the longest name that fits is meant. */
export function splitMentions(text: string, people: readonly string[]): readonly TextPart[] {
  const byLength = people.toSorted((a, b) => b.length - a.length);
  const parts: TextPart[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push({ text: plain });
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at + 1).toLowerCase();
    const person =
      text[at] === "@" && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? " ")
        ? byLength.find(
            (name) => rest.startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
          )
        : undefined;
    if (person === undefined) {
      plain += text[at];
      at++;
    } else {
      flush();
      parts.push({ text: text.slice(at, at + 1 + person.length), person });
      at += 1 + person.length;
    }
  }
  flush();
  return parts;
}

/** The beginning of a name after `@` at the end of what has been typed; undefined: there is none. */
export const findMentionStart = (typed: string): string | undefined =>
  /(?:^|[^\p{L}\p{N}])@([\p{L}\p{N}._-]*)$/u.exec(typed)?.[1];

/** Names that begin so. */
export const listMentions = (typed: string, people: readonly string[]): readonly string[] => {
  const start = findMentionStart(typed)?.toLowerCase();
  return start === undefined ? [] : people.filter((name) => name.toLowerCase().startsWith(start)).slice(0, 5);
};

/** What has been typed, with the name in the place of its beginning. */
export const takeMention = (typed: string, name: string): string =>
  `${typed.slice(0, typed.length - (findMentionStart(typed) ?? "").length)}${name} `;
