/**
 * What paint-on writes on one page, that is, between two erases: the text of a caption, or of several, each of which is
 * written at its own time below or beside the one before it.
 */
import { append } from "../../append.ts";
import type { CueRow } from "../../cue.ts";
import { control } from "../codes.ts";
import { countFrames, loadRow, type Unit } from "../load.ts";
import { layOutRows } from "../row-layout.ts";
import type { Substitution } from "../transliterate.ts";
import { highRowCost, joinCost } from "./costs.ts";
import { type JoinLimits, joinRows, maxJoinedCaptions } from "./join-rows.ts";
import { minVisibleFrames, pairFrames } from "./limits.ts";
import type { TimedCaption } from "./timed-caption.ts";

/** The text of one caption of a page. */
export interface PagePiece {
  /** Puts the cursor where the text begins; nothing where it goes on in a row. */
  readonly address: readonly Unit[];
  /** The text, with the addresses of its further rows. */
  readonly text: readonly Unit[];
  readonly addressFrames: number;
  readonly textFrames: number;
}

/** The words of a page. */
interface EncodedPage {
  /** One for each caption. */
  readonly pieces: readonly PagePiece[];
  readonly lost: readonly Substitution[];
}

/** Captions that share a page. Encoded when asked: of most pages that are tried, one form is never needed. */
export class Page {
  readonly captions: readonly TimedCaption[];
  readonly isReflowed: boolean;
  /** What it costs whenever it is written. */
  readonly cost: number;
  readonly #rows: readonly CueRow[];
  #centered: EncodedPage | undefined;
  #compact: EncodedPage | undefined;

  constructor(captions: readonly TimedCaption[], rows: readonly CueRow[], isReflowed: boolean) {
    this.captions = captions;
    this.isReflowed = isReflowed;
    this.#rows = rows;
    const joined = captions.length - 1;
    // Nothing is moved in time: it costs less than to be shown together in pop-on.
    this.cost = (joinCost / 3) * joined + highRowCost * (joined > 0 ? Math.max(0, rows.length - 2) : 0);
  }

  /** With rows exactly centered. */
  get centered(): EncodedPage {
    this.#centered ??= encodePage(this.captions, this.#rows, true);
    return this.#centered;
  }

  /** With rows at multiples of four columns. */
  get compact(): EncodedPage {
    this.#compact ??= encodePage(this.captions, this.#rows, false);
    return this.#compact;
  }
}

/** A part of a row that one caption has written. */
interface RowPart {
  /** Position of the caption in the page. */
  readonly caption: number;
  /** Index after its last character. */
  readonly end: number;
}

const isSpace = (character: string): boolean => character === " " || /\s/u.test(character);
const countCharacters = (text: string): number => text.replace(/\s+/gu, "").length;

/** Which captions wrote which part of each row: joining changes nothing but spaces. */
function splitRows(rows: readonly CueRow[], captions: readonly TimedCaption[]): readonly (readonly RowPart[])[] {
  const left = captions.map((caption) => caption.rows.reduce((sum, { text }) => sum + countCharacters(text), 0));
  let current = 0;
  return rows.map(({ text }) => {
    const parts: RowPart[] = [];
    for (let index = 0; index < text.length; index++) {
      if (isSpace(text[index] ?? "")) continue;
      while (left[current] === 0) current++;
      const rest = (left[current] ?? 1) - 1;
      left[current] = rest;
      if (rest === 0) parts.push({ caption: current, end: index + 1 });
    }
    if (parts.at(-1)?.end !== text.length && countCharacters(text.slice(parts.at(-1)?.end ?? 0)) > 0)
      parts.push({ caption: current, end: text.length });
    return parts;
  });
}

function encodePage(captions: readonly TimedCaption[], rows: readonly CueRow[], tabOffsets: boolean): EncodedPage {
  const [{ edge, align }] = captions as [TimedCaption];
  const places = layOutRows(rows, { edge, align });
  const pieces = captions.map(() => ({ address: [] as Unit[], text: [] as Unit[] }));
  const lost: Substitution[] = [];
  const splits =
    captions.length === 1 ? rows.map(({ text }) => [{ caption: 0, end: text.length }]) : splitRows(rows, captions);
  places.forEach((place, index) => {
    const row = rows[index] as CueRow;
    const options = { ...place, tabOffsets, separator: control.resumeDirectCaptioning };
    const load = loadRow(row, options);
    append(lost, load.lost);
    const arePairs =
      load.text.length === Math.ceil(row.text.length / 2) && load.text.every(({ length }) => length === 1);
    const count = (text: string): number => loadRow({ ...row, text }, options).text.length;
    let done = 0;
    splits[index]?.forEach(({ caption, end }, position, parts) => {
      const piece = pieces[caption];
      if (piece === undefined) return;
      const isLast = position === parts.length - 1;
      // A word of two characters that belong to two captions is sent with the first of them.
      const until = isLast ? load.text.length : arePairs ? Math.ceil(end / 2) : count(row.text.slice(0, end));
      const text = load.text.slice(done, until);
      // What follows in the same piece moves to its place within the text.
      if (position === 0) append(piece.text.length > 0 ? piece.text : piece.address, load.address);
      append(piece.text, text);
      done = Math.max(done, until);
    });
  });
  return {
    lost,
    pieces: pieces.map(({ address, text }) => ({
      address,
      text,
      addressFrames: countFrames(address),
      textFrames: countFrames(text),
    })),
  };
}

/** The caption at a position together with one and more of those that follow at once. */
export function listJoinedPages(
  captions: readonly TimedCaption[],
  position: number,
  limits: JoinLimits,
): readonly Page[] {
  const first = captions[position] as TimedCaption;
  const pages: Page[] = [];
  const members = [first];
  let page = new Page([first], first.rows, false);
  const end = Math.min(captions.length, position + maxJoinedCaptions);
  for (let at = position + 1; at < end; at++) {
    const next = captions[at] as TimedCaption;
    if (next.edge !== first.edge || next.align !== first.align) break;
    const { addressFrames, textFrames } = page.centered.pieces.at(-1) as PagePiece;
    const written = (members.at(-1) as TimedCaption).inFrame + addressFrames + textFrames;
    // Erase, mode and the address of the next page.
    const head = 4 * pairFrames;
    if (next.inFrame - head >= written + minVisibleFrames + pairFrames) break;
    members.push(next);
    const joined = joinRows(members, limits);
    if (joined === undefined) break;
    page = new Page([...members], joined.rows, joined.isReflowed);
    pages.push(page);
  }
  return pages;
}
