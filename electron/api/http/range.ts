/** Byte ranges (RFC 9110 §14). Pure. */

export interface ByteRange {
  readonly start: number;
  /** The last byte, which belongs to it. */
  readonly end: number;
}

/**
 * What a `Range` header asks for.
 * @returns whole: all of it (no header, or one that is to be left aside); none: what it asks for is not there
 */
export function parseRange(header: string | undefined, size: number): ByteRange | "whole" | "none" {
  // Several ranges, other units and nonsense may be answered with the whole (RFC 9110 §14.2).
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (match === null || (first === "" && last === "")) return "whole";
  if (first === "") {
    const length = Number(last);
    return length === 0 || size === 0 ? "none" : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return "whole";
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start >= size ? "none" : { start, end };
}
