/** Values of options, as the user typed them. */
import { InvalidArgumentError } from "commander";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import { type OutputFormat, outputFormats } from "../contract/formats.ts";

/** Commander's own way to say that a value is wrong, so that it names the option. */
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

/** Options that many commands take, as commander wants them. */
export const jsonOption = ["--json", "print one JSON object and nothing else"] as const;
export const dataDirOption = [
  "--data-dir <dir>",
  "data folder (default: ARCHIVIST_DATA_DIR or the platform's place)",
  parsedOption(parseFolder),
] as const;
