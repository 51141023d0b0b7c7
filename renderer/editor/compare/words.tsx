/** The words of one side of a difference, or of both in one text. */
import { compareWords, type Difference } from "../../../electron/captions/editing/compare.ts";

interface WordsProps extends Pick<Difference, "before" | "after"> {
  /** `both`: in one text. */
  readonly side: "before" | "after" | "both";
}

export function Words({ before, after, side }: WordsProps) {
  return compareWords(before, after).map(({ kind, text }, index) => {
    const key = `${index} ${kind}`;
    if (kind === "gone") return side === "after" ? null : <del key={key}>{text} </del>;
    if (kind === "new") return side === "before" ? null : <ins key={key}>{text} </ins>;
    return <span key={key}>{text} </span>;
  });
}
