/** Parsers for option values as the user typed them. */

import { InvalidArgumentError } from "commander";
import { houseStyleHelp, houseStyleTextSchema } from "../../captions/house-style/style.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { type OutputFormat, outputFormats } from "../../contract/formats.ts";
import { soundTextSchema } from "../../contract/sound.ts";

/** Wraps a parser so that its error is one of commander's, which names the option. */
export function parsedOption<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (thrown) {
      const error = toArchivistError(thrown);
      throw new InvalidArgumentError(`${error.reason}. ${error.remedy}`);
    }
  };
}

/** Parses `scc,vtt`. @throws ArchivistError `usage.invalid` */
export function parseFormats(text: string): readonly OutputFormat[] {
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  for (const name of names) {
    if (!(outputFormats as readonly string[]).includes(name)) {
      throw new ArchivistError("usage.invalid", {
        subject: "--formats",
        cause: `"${name}" is not a caption format`,
        remedy: `Use a list out of ${outputFormats.join(",")}.`,
      });
    }
  }
  return [...new Set(names as OutputFormat[])];
}

/** Parses a folder. An empty text is a shell variable that was not set, not the current folder. @throws ArchivistError */
export function parseFolder(text: string): string {
  if (text.trim() !== "") return text;
  throw new ArchivistError("usage.invalid", {
    subject: "the folder",
    cause: "its name is empty",
    remedy: "Name a folder, or leave the option out.",
  });
}

/** Parses a language code. @throws ArchivistError `usage.invalid` */
export function parseLanguage(text: string): string {
  if (/^(auto|[a-z]{2,3})$/.test(text)) return text;
  throw new ArchivistError("usage.invalid", {
    subject: "--language",
    cause: `"${text}" is not a language code`,
    remedy: "Use a code such as en or es, or auto.",
  });
}

/** Parses `us, titles=Council Member`. @throws ArchivistError `usage.invalid` */
export function parseStyleOption(text: string): string {
  const parsed = houseStyleTextSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ArchivistError("usage.invalid", {
    subject: "--style",
    cause: `"${text}" is not a style`,
    remedy: `Use ${houseStyleHelp}.`,
  });
}

/** Parses `channel 4`. @throws ArchivistError `usage.invalid` */
export function parseSoundOption(text: string): string {
  const parsed = soundTextSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ArchivistError("usage.invalid", {
    subject: "--sound",
    cause: `"${text}" is no sound of a recording`,
    remedy: 'Use auto, or numbers from 1: "stream 2", "channel 4", "stream 2 channel 1".',
  });
}

/** Parses `queued,running` as a list of known words. @throws ArchivistError `usage.invalid` */
export function parseList<T extends string>(known: readonly T[]): (text: string) => readonly T[] {
  return (text) =>
    text.split(",").map((part) => {
      const word = known.find((each) => each === part.trim().toLowerCase());
      if (word !== undefined) return word;
      throw new ArchivistError("usage.invalid", {
        cause: `"${part.trim()}" is not one of them`,
        remedy: `Use a list out of ${known.join(",")}.`,
      });
    });
}

/** Parses a priority. @throws ArchivistError `usage.invalid` */
export function parsePriority(text: string): number {
  if (/^[1-5]$/.test(text)) return Number(text);
  throw new ArchivistError("usage.invalid", {
    cause: `"${text}" is not a priority`,
    remedy: "Use a number from 1 (can wait) to 5 (urgent).",
  });
}

/** Parses a port; 0 is any free port. @throws ArchivistError `usage.invalid` */
export function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new ArchivistError("usage.invalid", {
    cause: `"${text}" is not a port`,
    remedy: "Use a number from 0 to 65535.",
  });
}

/** Parses a count. @throws ArchivistError `usage.invalid` */
export function parseCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ArchivistError("usage.invalid", {
    cause: `"${text}" is not a count`,
    remedy: "Use a whole number above 0.",
  });
}

/** Parses a date as `2026-03-02`. @throws ArchivistError `usage.invalid` */
export function parseDate(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  const isReal =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (isReal) return text;
  throw new ArchivistError("usage.invalid", { cause: `"${text}" is not a date`, remedy: "Use a date as 2026-03-02." });
}

/** What is made of a recording; without these options the settings decide. */
export const summaryOption = ["--summary", "with a summary"] as const;
export const noSummaryOption = ["--no-summary", "without a summary"] as const;
export const speakersOption = ["--speakers", "captions show who speaks"] as const;
export const noSpeakersOption = ["--no-speakers", "captions do not show who speaks"] as const;
/** Parses `council, streets` into a list, with spaces trimmed. */
export const parseNames = (text: string): readonly string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** Options shared by many commands, as arguments for commander. */
export const jsonOption = ["--json", "print one JSON object and nothing else"] as const;
export const dataDirOption = [
  "--data-dir <dir>",
  "data folder (default: ARCHIVIST_DATA_DIR or the platform's place)",
  parsedOption(parseFolder),
] as const;
