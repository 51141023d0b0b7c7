/** The lines of a caption in the list: their suspicious words are marked, and lines that are too long tell their length. */
import { type ReactNode, useMemo } from "react";
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import { texts } from "../../texts/en.ts";
import type { MarkedWord } from "../session/transcript.ts";
import { countLine } from "./line-counts.ts";
import classes from "./list.module.css";

const strengths = { 1: classes.word1, 2: classes.word2, 3: classes.word3 } as const;

function markedWords(
  line: string,
  firstWord: number,
  marked: readonly MarkedWord[],
  currentWord: number | null,
): ReactNode {
  let index = firstWord;
  return line.split(/(\s+)/u).map((part, place) => {
    if (part.trim() === "") return part;
    const word = index++;
    const suspicion = marked[word]?.suspicion;
    if (suspicion === undefined && word !== currentWord) return part;
    const strength = suspicion === undefined ? "" : strengths[suspicion.strength];
    return (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: words have no identity other than their position
        key={place}
        aria-current={word === currentWord || undefined}
        className={`${strength} ${word === currentWord ? classes.currentWord : ""}`}
        data-strength={suspicion?.strength}
        title={suspicion?.reasons.map((reason) => texts.editor.reasons[reason]).join(", ")}
      >
        {part}
      </span>
    );
  });
}

interface CaptionTextProps {
  readonly cue: EditCue;
  readonly marked: readonly MarkedWord[];
  readonly currentWord: number | null;
  /** Columns of the screen. */
  readonly columns: number;
  /** Each line tells its length, not only the ones that are too long. */
  readonly showsCounts: boolean;
}

export function CaptionText({ cue, marked, currentWord, columns, showsCounts }: CaptionTextProps) {
  const isPlain = currentWord === null && marked.every(({ suspicion }) => suspicion === undefined);
  const firstWords = useMemo(() => {
    let word = 0;
    return cue.lines.map((line) => {
      const first = word;
      word += line.split(/\s+/u).filter((part) => part !== "").length;
      return first;
    });
  }, [cue.lines]);
  return cue.lines.map((line, index) => {
    const count = countLine(line, columns);
    const isCounted = showsCounts || count.state === "over";
    return (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity other than their position
        key={index}
        className={classes.line}
        data-line={index}
        data-count={isCounted ? count.text : undefined}
        data-count-state={isCounted ? count.state : undefined}
        style={cue.styles?.[index]?.italic === true ? { fontStyle: "italic" } : undefined}
      >
        {/* Each line ends with its line feed, for whoever reads or copies the text. */}
        {isPlain ? line : markedWords(line, firstWords[index] ?? 0, marked, currentWord)}
        {index < cue.lines.length - 1 ? "\n" : ""}
      </span>
    );
  });
}

/**
 * The place in a caption's text at a point of the window, as an offset in its lines joined by line feeds.
 * @param row the row of the list in which the point is
 * @returns null where there is no text
 */
export function findCaret(row: HTMLElement, x: number, y: number): number | null {
  const position = document.caretPositionFromPoint(x, y);
  const node = position?.offsetNode;
  const line = (node instanceof HTMLElement ? node : node?.parentElement)?.closest<HTMLElement>("[data-line]");
  if (position === null || node === undefined || line === null || line === undefined || !row.contains(line))
    return null;
  let offset = 0;
  for (const each of row.querySelectorAll("[data-line]")) {
    if (each === line) break;
    offset += each.textContent?.length ?? 0;
  }
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text !== null && text !== node; text = walker.nextNode()) {
    offset += text.textContent?.length ?? 0;
  }
  return offset + (node.nodeType === Node.TEXT_NODE ? position.offset : 0);
}
