/** The number or letter before an item of an outline, and the depth at which it stands. Pure. */

/** A marker as it stands before an item, and the text after it. */
export interface MarkedText {
  /** Without its punctuation: `4`, `IV`, `b`, `5.1`. */
  readonly marker: string;
  readonly text: string;
}

const punctuated =
  /^\(?((?:\d{1,3}(?:[.-](?:\d{1,3}|[A-Za-z]))*[A-Za-z]?)|[IVXLC]{1,7}|[ivxlc]{1,7}|[A-Za-z])(?:[.)]|:(?!\d))[.):-]*\s+(\S.*)$/;
const dotted = /^(\d{1,3}(?:\.\d{1,3})+[A-Za-z]?|\d{1,3}[.-]?[A-Z])\s+(\S.*)$/;
const plain = /^(\d{1,3})\s+(\p{Lu}[\p{Lu}\p{P}\p{N}\s&]+)$/u;
const named = /^(?:agenda\s+)?item\s+(?:no\.?\s*|number\s+|#\s*)?(\d{1,3}(?:[.-]?[A-Za-z0-9])?)\s*[:.)–-]*\s+(\S.*)$/i;

/** A clock time or a year is no marker: `7:00 p.m. Call to order` begins with a time, `2026. …` with a year. */
export function parseMarker(line: string): MarkedText | undefined {
  const found = named.exec(line) ?? punctuated.exec(line) ?? dotted.exec(line) ?? plain.exec(line);
  const [, marker, text] = found ?? [];
  if (marker === undefined || text === undefined) return undefined;
  // A. M. is no outline, nor is a single initial before a name: "J. Smith".
  if (/^[a-z]$/i.test(marker) && /^[A-Za-z]\.(\s|$)/.test(text)) return undefined;
  return { marker, text };
}

type Scheme = "number" | "upper-roman" | "lower-roman" | "upper-letter" | "lower-letter";

interface Reading {
  readonly scheme: Scheme;
  readonly value: number;
}

const romanValues: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function toRoman(marker: string): number | undefined {
  const values = [...marker.toLowerCase()].map((letter) => romanValues[letter] ?? Number.NaN);
  const value = values.reduce((sum, each, at) => sum + (each < (values[at + 1] ?? 0) ? -each : each), 0);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

/** What a marker can be: `I` is the ninth letter, or the first Roman number. */
function listReadings(marker: string): readonly Reading[] {
  if (/^\d+$/.test(marker)) return [{ scheme: "number", value: Number(marker) }];
  const isUpper = marker === marker.toUpperCase();
  const roman = /^[ivxlc]+$/i.test(marker) ? toRoman(marker) : undefined;
  const letter = /^[a-z]$/i.test(marker) ? marker.toLowerCase().charCodeAt(0) - 96 : undefined;
  return [
    ...(roman === undefined ? [] : [{ scheme: isUpper ? "upper-roman" : "lower-roman", value: roman } as const]),
    ...(letter === undefined ? [] : [{ scheme: isUpper ? "upper-letter" : "lower-letter", value: letter } as const]),
  ];
}

/** An item that others of its list go on from. */
interface Going extends Reading {
  readonly indent: number;
}

/** No agenda is deeper; what seems to be stands at this depth. */
const maxDepth = 5;

/** Finds how deep each item of an outline stands, by what goes on with what: after `4.` and `A.`, `5.` is on top again. */
export class Outline {
  #open: readonly Going[] = [];
  #lastIndent = 0;

  /**
   * @param indent how far from the left edge it begins, in any unit
   * @returns depth of the next item; 0: on top
   */
  next(marker: string, indent = 0): number {
    // 5.1, 5A and 5-A stand below 5, wherever that is.
    const parts = marker.split(/[.-]|(?<=\d)(?=[A-Za-z])/).filter((part) => part !== "");
    if (parts.length > 1) return Math.min(maxDepth, parts.length - 1);
    const isDeeper = indent > this.#lastIndent && this.#open.length > 0;
    this.#lastIndent = indent;
    const readings = listReadings(marker);
    const set = (wanted: number, reading: Reading): number => {
      const depth = Math.min(maxDepth, wanted);
      this.#open = [...this.#open.slice(0, depth), { ...reading, indent }];
      return depth;
    };
    const following = this.#open.flatMap((going, depth) => {
      const reading = readings.find(({ scheme, value }) => scheme === going.scheme && value === going.value + 1);
      return reading === undefined ? [] : [{ depth, reading, distance: Math.abs(going.indent - indent) }];
    });
    // Of two lists that could go on, the one that begins there, otherwise the inner one.
    const [follows] = following.toSorted((a, b) => a.distance - b.distance || b.depth - a.depth);
    if (follows !== undefined) return set(follows.depth, follows.reading);
    const begins = readings.find(({ value }) => value === 1);
    if (begins !== undefined) {
      // The same scheme from its beginning again is a list of the same depth, unless it stands further in.
      const same = isDeeper ? -1 : this.#open.findLastIndex(({ scheme }) => scheme === begins.scheme);
      return set(same === -1 ? this.#open.length : same, begins);
    }
    // A number was left out: it goes on with its own scheme.
    const own = this.#open.findLastIndex(({ scheme }) => readings.some((each) => each.scheme === scheme));
    const kept = own === -1 ? readings[0] : readings.find(({ scheme }) => scheme === this.#open[own]?.scheme);
    return kept === undefined ? 0 : set(own === -1 ? this.#open.length : own, kept);
  }
}
