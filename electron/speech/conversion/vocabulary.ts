/** The words of a model: from the tokenizer that lies beside it, else those of OpenAI's models, which ship with Archivist. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { z } from "zod";
import { shippedModelsFolder } from "../models/found-models.ts";
import { readJsonFile } from "./json-file.ts";
import { damaged } from "./refusals.ts";
import { readSmallFile } from "./source-file.ts";
import { countWords, isMultilingual } from "./whisper-dimensions.ts";

/** That of large-v3, written with line breaks, takes 4 MB. */
const maxTokenizerBytes = 16 * 1024 ** 2;
const maxWordBytes = 256;

const idsSchema = z.record(z.string(), z.int());
const tokenizerSchema = z.object({ model: z.object({ vocab: idsSchema }) });
const listSchema = z.array(z.string()).max(100_000);

/** The files in which a vocabulary may be, the most reliable first. */
const readers: readonly (readonly [name: string, read: (path: string) => ReadonlyMap<number, string>])[] = [
  ["tokenizer.json", (path) => byNumber(readJsonFile(path, tokenizerSchema, maxTokenizerBytes).model.vocab)],
  ["vocab.json", (path) => byNumber(readJsonFile(path, idsSchema, maxTokenizerBytes))],
  ["vocabulary.json", (path) => new Map(readJsonFile(path, listSchema, maxTokenizerBytes).entries())],
  ["vocabulary.txt", (path) => new Map(readSmallFile(path, maxTokenizerBytes).toString("utf8").split("\n").entries())],
];

const byNumber = (ids: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(ids).map(([word, id]) => [id, word]));

/**
 * Reads the words from the files beside a model.
 * @param vocabulary how many entries the model has
 * @returns a word for each number, as bytes; undefined when there is no such file
 * @throws ArchivistError `file.*`, `model.invalid`
 */
export function readWords(folder: string, vocabulary: number): readonly Uint8Array[] | undefined {
  const found = readers.find(([name]) => existsSync(join(folder, name)));
  if (found === undefined) return undefined;
  const [name, read] = found;
  const path = join(folder, name);
  const words = read(path);
  const count = countWords(vocabulary);
  return Array.from({ length: count }, (_, id) => {
    const word = words.get(id);
    // The last one of multilingual models is empty, and some tokenizers leave it out or call it the end of the text.
    const isEmpty = isMultilingual(vocabulary) && id === count - 1 && (word === undefined || /^<\|.*\|>$/.test(word));
    if (isEmpty) return new Uint8Array();
    const bytes = word === undefined ? undefined : toBytes(word);
    if (bytes === undefined || bytes.length > maxWordBytes)
      throw damaged(path, `entry ${id} of its vocabulary is missing, or is not a word of a Whisper model`);
    return bytes;
  });
}

/**
 * The letters that stand for bytes in such vocabularies: printable Latin-1 for itself, the others from U+0100 on
 * (`bytes_to_unicode` of OpenAI's GPT-2).
 */
const byteLetters: ReadonlyMap<string, number> = (() => {
  const isPrintable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xff && byte !== 0xad);
  const letters = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) letters.set(String.fromCharCode(isPrintable(byte) ? byte : next++), byte);
  return letters;
})();

function toBytes(word: string): Uint8Array | undefined {
  const bytes = Array.from(word, (letter) => byteLetters.get(letter) ?? -1);
  return bytes.includes(-1) ? undefined : Uint8Array.from(bytes);
}

/** OpenAI's own words, which ship with Archivist: each a length of one byte and its bytes, compressed. */
export function readShippedWords(vocabulary: number): readonly Uint8Array[] {
  const name = isMultilingual(vocabulary) ? "multilingual" : "english";
  const bytes = brotliDecompressSync(readFileSync(join(shippedModelsFolder, "vocabularies", `${name}.br`)));
  const words: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 1 + (bytes[at] as number))
    words.push(bytes.subarray(at + 1, at + 1 + (bytes[at] as number)));
  return words;
}
