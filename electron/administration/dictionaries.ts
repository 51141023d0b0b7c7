/**
 * Spell-check dictionaries in the format of Hunspell, LibreOffice and Firefox: a `.aff` and a `.dic` file per language.
 * English is included with the pages; others are installed in the data folder.
 */
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { TextDecoder } from "node:util";
import { gunzipSync } from "node:zlib";
import { ArchivistError } from "../contract/errors.ts";
import { writeFileAtomic } from "../platform/atomic-write.ts";
import { fileError } from "../platform/file-errors.ts";

/** Text of the two dictionary files, in UTF-8. */
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

/** Larger than any published dictionary; one that unpacks to more than this is an attack or a mistake. */
const maxBytes = 64 * 1024 * 1024;

const getDictionaryPaths = (folder: string, language: string): readonly [affixes: string, dictionary: string] => [
  join(folder, `${language}.aff`),
  join(folder, `${language}.dic`),
];

/** The first line of a `.dic` file gives the number of words, at least approximately. */
const readWordCount = (dictionary: string): number => Number(/^﻿?\s*(\d+)/.exec(dictionary)?.[1] ?? Number.NaN);

/** The installed dictionaries, by language. A language with only one of the two files is left out. */
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

/** @returns undefined if the language has no dictionary. @throws ArchivistError if it cannot be read */
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
 * Installs a language's dictionary, replacing the previous one.
 * @param files as published, in any encoding, each compressed with gzip
 * @throws ArchivistError `dictionary.invalid`; the previous one is kept then
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
  // The words are written last: without them the dictionary counts as not installed.
  await writeFileAtomic(affixPath, affixes);
  await writeFileAtomic(wordPath, dictionary);
  return { language, words, bytes: Buffer.byteLength(dictionary) };
}

/** Removes a language's dictionary; for English, the included one is used again. */
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
 * Converts both files to UTF-8. The affix file names its encoding (`SET ISO8859-1`, hunspell(5)). Single-byte flags
 * would become two bytes in UTF-8, so if the file does not declare its flag type, it is declared as UTF-8 characters.
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
