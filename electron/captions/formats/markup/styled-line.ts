/** Lines that are put together from pieces of text in different styles. */
import {
  type CharacterStyle,
  compactStyle,
  type StyleFields,
  toCueStyles,
  toLineStyle,
} from "../../character-style.ts";
import type { Cue, LineStyle } from "../../cue.ts";

/** A line that grows piece by piece. White space is one space between words and none at the ends. */
export class StyledLine {
  /** A text that is looked at after each piece is copied each time: the pieces are joined once. */
  readonly #pieces: string[] = [];
  readonly #styles: CharacterStyle[] = [];
  /** True where a blank would be the second one, or the first character. */
  #isBlank = true;

  append(text: string, style: StyleFields = {}): void {
    const tidy = text.replace(/[\s\p{Cc}]+/gu, " ");
    const added = this.#isBlank && tidy.startsWith(" ") ? tidy.slice(1) : tidy;
    if (added === "") return;
    this.#pieces.push(added);
    this.#isBlank = added.endsWith(" ");
    const own = compactStyle(style);
    for (let index = 0; index < added.length; index++) this.#styles.push(own);
  }

  /** The line, and its style where it has one; undefined when there is nothing on it. */
  toLine(): { readonly text: string; readonly style: LineStyle } | undefined {
    const text = this.#pieces.join("").trimEnd();
    return text === "" ? undefined : { text, style: toLineStyle(text, this.#styles) };
  }
}

/** Lines and styles of a cue; styles only where there is one. */
export function toCueLines(lines: readonly StyledLine[]): Pick<Cue, "lines"> & Partial<Pick<Cue, "styles">> {
  const shown = lines.map((line) => line.toLine()).filter((line) => line !== undefined);
  return { lines: shown.map(({ text }) => text), ...toCueStyles(shown.map(({ style }) => style)) };
}

/** The lines of a caption, piece by piece. Blank ones are left out. */
export class StyledLines {
  readonly #lines: StyledLine[] = [new StyledLine()];

  append(text: string, style: StyleFields = {}): void {
    this.#lines.at(-1)?.append(text, style);
  }

  newLine(): void {
    this.#lines.push(new StyledLine());
  }

  toLines(): ReturnType<typeof toCueLines> {
    return toCueLines(this.#lines);
  }
}
