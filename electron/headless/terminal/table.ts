/** Formats tables for the terminal. */
import stringWidth from "string-width";
import { printable } from "./print.ts";

const longest = 60;

function shortened(text: string): string {
  const clean = printable(text);
  if (stringWidth(clean) <= longest) return clean;
  let short = "";
  for (const character of clean) {
    if (stringWidth(short + character) >= longest) break;
    short += character;
  }
  return `${short}…`;
}

/** Formats rows as aligned columns; the last column is never shortened. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) =>
    row.map((cell, at) => (at === row.length - 1 ? printable(cell) : shortened(cell))),
  );
  const widths = head.map((_, at) => Math.max(...cells.map((row) => stringWidth(row[at] ?? ""))));
  const pad = (cell: string, at: number): string =>
    at === head.length - 1 ? cell : cell + " ".repeat(Math.max(0, (widths[at] ?? 0) - stringWidth(cell)));
  return cells.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}
