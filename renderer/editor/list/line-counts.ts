/** How full the lines of a caption are, of the columns that the screen has. */
import { countLineColumns } from "../../../electron/captions/cea608/transliterate.ts";

export interface LineCount {
  readonly text: string;
  /** `over`: it does not fit the screen; `full`: hardly anything fits on it any more. */
  readonly state: "fits" | "full" | "over";
}

/** From this part of the columns on, a line is called full. */
const fullPart = 0.94;

/** @param columns that a line may have at most */
export function countLine(line: string, columns: number): LineCount {
  const used = countLineColumns(line);
  const state = used > columns ? "over" : used >= columns * fullPart ? "full" : "fits";
  return { text: `${used}/${columns}`, state };
}
