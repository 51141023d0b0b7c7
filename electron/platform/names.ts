/**
 * Compares names that come from file systems and from keyboards. A Mac stores é as e and U+0301, keyboards send U+00E9:
 * names are compared in the composed form (NFC), and paths are opened as they are on the disk.
 */

/** The composed form, for comparing and displaying; never for opening a file. */
export const toComposed = (text: string): string => text.normalize("NFC");

/** True for names that people read as the same: the composition of accents and upper case do not count. */
export function isSameName(a: string | undefined | null, b: string | undefined | null): boolean {
  if (a === undefined || a === null || b === undefined || b === null) return false;
  return toComposed(a).toLowerCase() === toComposed(b).toLowerCase();
}

/** The ways in which the same name may be stored: as it is, composed and decomposed. */
export const listSpellings = (text: string): readonly string[] => [
  ...new Set([text, text.normalize("NFC"), text.normalize("NFD")]),
];
