/**
 * Dictionaries for the spell check, as Hunspell, LibreOffice and Firefox have them: a `.aff` and a `.dic` for each
 * language. English comes along with the pages; others are put into the data folder.
 */
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { TextDecoder } from "node:util";
import { gunzipSync } from "node:zlib";
import { ArchivistError } from "../contract/errors.ts";
import { writeFileAtomic } from "../platform/atomic-write.ts";
import { fileError } from "../platform/file-errors.ts";

/** The texts of a dictionary, in UTF-8. */
export interface DictionaryTexts {
  readonly affixes: string;
  readonly dictionary: string;
}

export interface DictionaryFile {
  /** ISO 639-1: `es`. */
  readonly language: string;
  readonly bytes: number;
  readonly words: number;
}

/** Larger than any that is published; what is packed to more than this is an attack or a mistake. */
const maxBytes = 64 * 1024 * 1024;

const getDictionaryPaths = (folder: string, language: string): readonly [affixes: string, dictionary: string] => [
  join(folder, `${language}.aff`),
  join(folder, `${language}.dic`),
];

/** The first line of a `.dic` says how many words there are, or nearly so. */
const readWordCount = (dictionary: string): number => Number(/^﻿?\s*(\d+)/.exec(dictionary)?.[1] ?? Number.NaN);

/** The dictionaries that a station has been given, by language. Where only one of the two files is, there is none. */
export async function listDictionaries(folder: string): Promise<readonly DictionaryFile[]> {
  const names = new Set(await readdir(folder).catch(() => [] as string[]));
  const found: DictionaryFile[] = [];
  for (const name of [...names].toSorted()) {
    const language = /^([a-z]{2,3})\.dic$/.exec(name)?.[1];
    if (language === undefined || !names.has(`${language}.aff`)) continue;
    const [, path] = getDictionaryPaths(folder, language);
    const text = await readFile(path, "utf8").catch(() => "");
    found.push({ language, bytes: (await stat(path)).size, words: readWordCount(text) || 0 });
  }
  return found;
}

/** @returns undefined where there is none of the language. @throws ArchivistError where it cannot be read */
export async function readDictionary(folder: string, language: string): Promise<DictionaryTexts | undefined> {
  const read = async (path: string): Promise<string | undefined> => {
    try {
      return await readFile(path, "utf8");
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw fileError(thrown, path, "read");
    }
  };
  const [affixes, dictionary] = await Promise.all(getDictionaryPaths(folder, language).map(read));
  return affixes === undefined || dictionary === undefined ? undefined : { affixes, dictionary };
}

/**
 * Gives a station the dictionary of a language, in the place of the one that it had.
 * @param files as they are published, whatever their encoding, each packed with gzip
 * @throws ArchivistError `dictionary.invalid`; the one that was there stays then
 */
export async function addDictionary(
  folder: string,
  language: string,
  files: { readonly affixes: Uint8Array; readonly dictionary: Uint8Array },
): Promise<DictionaryFile> {
  const { affixes, dictionary } = asUtf8(unpacked(files.affixes), unpacked(files.dictionary));
  const words = readWordCount(dictionary);
  if (Number.isNaN(words) || !dictionary.includes("\n")) {
    throw new ArchivistError("dictionary.invalid", { cause: "the .dic file does not begin with its number of words" });
  }
  if (!/^\s*(SET|FLAG|TRY|SFX|PFX|REP|WORDCHARS|LANG|AF|NOSUGGEST|KEY|MAP)\b/m.test(affixes)) {
    throw new ArchivistError("dictionary.invalid", { cause: "the .aff file has no rules of a dictionary" });
  }
  await mkdir(folder, { recursive: true }).catch((thrown: unknown) => {
    throw fileError(thrown, folder, "write");
  });
  const [affixPath, wordPath] = getDictionaryPaths(folder, language);
  // Without its words a dictionary is none: they come last.
  await writeFileAtomic(affixPath, affixes);
  await writeFileAtomic(wordPath, dictionary);
  return { language, words, bytes: Buffer.byteLength(dictionary) };
}

/** The station has no dictionary of the language any more; English is the one that comes along, then. */
export async function removeDictionary(folder: string, language: string): Promise<void> {
  for (const path of getDictionaryPaths(folder, language)) await rm(path, { force: true });
}

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (thrown) {
    throw new ArchivistError("dictionary.invalid", { underlying: (thrown as Error).message });
  }
}

/**
 * Both texts in UTF-8. The affix file says how they are written (`SET ISO8859-1`, hunspell(5)). Flags that are single
 * bytes there would be two here: where the file says nothing else of its flags, it says then that they are letters.
 */
function asUtf8(affixes: Uint8Array, dictionary: Uint8Array): DictionaryTexts {
  const head = Buffer.from(affixes).toString("latin1");
  const name = (/^\s*SET\s+(\S+)/m.exec(head)?.[1] ?? "ISO8859-1").replace(/^ISO(?=\d)/i, "ISO-");
  const decoder = createDecoder(name.replace(/^microsoft-cp/i, "windows-"));
  const text = decoder.decode(affixes).replaceAll("\r\n", "\n");
  const words = decoder.decode(dictionary).replaceAll("\r\n", "\n");
  if (decoder.encoding === "utf-8") return { affixes: text, dictionary: words };
  const flags = /^\s*FLAG\b/m.test(text) ? "" : "FLAG UTF-8\n";
  return { affixes: `SET UTF-8\n${flags}${text.replace(/^\s*SET\s.*$/m, "")}`, dictionary: words };
}

function createDecoder(name: string): TextDecoder {
  try {
    return new TextDecoder(name);
  } catch {
    throw new ArchivistError("dictionary.invalid", { cause: `nobody knows the encoding ${name} of the .aff file` });
  }
}
