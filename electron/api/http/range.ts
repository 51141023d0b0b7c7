/** Parses byte ranges (RFC 9110 §14). Pure. */

export interface ByteRange {
  readonly start: number;
  /** The last byte, inclusive. */
  readonly end: number;
}

/**
 * Parses a `Range` header.
 * @returns "whole": the whole file (no header, or one to ignore); "none": the range is not satisfiable
 */
export function parseRange(header: string | undefined, size: number): ByteRange | "whole" | "none" {
  // Several ranges, other units and malformed headers may be answered with the whole (RFC 9110 §14.2).
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
