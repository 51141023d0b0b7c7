/**
 * Makes the vocabularies of OpenAI's Whisper models, which its .pt files do not hold: `node make-vocabularies.ts ENGLISH
 * MULTILINGUAL`, each the tokenizer.json of a model on Hugging Face (openai/whisper-tiny.en and openai/whisper-base; MIT).
 * The last of the multilingual words is empty.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const printable = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
] as const;

/** GPT-2's letters for bytes: printable ones for themselves, the others from U+0100 on. */
const byteLetters = new Map<string, number>();
let next = 0x100;
for (let byte = 0; byte < 256; byte++) {
  const isPrintable = printable.some(([from, to]) => byte >= from && byte <= to);
  byteLetters.set(String.fromCodePoint(isPrintable ? byte : next++), byte);
}

function make(tokenizerFile: string, count: number, name: string): void {
  const { model } = JSON.parse(readFileSync(tokenizerFile, "utf8")) as {
    readonly model: { readonly vocab: Readonly<Record<string, number>> };
  };
  const words = new Map(Object.entries(model.vocab).map(([word, id]) => [id, word]));
  const chunks: Buffer[] = [];
  for (let id = 0; id < count; id++) {
    const bytes = Array.from(words.get(id) ?? "", (letter) => byteLetters.get(letter) ?? Number.NaN);
    if (bytes.some(Number.isNaN) || bytes.length > 255) throw new Error(`entry ${id} is not a word`);
    chunks.push(Buffer.from([bytes.length, ...bytes]));
  }
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  const compressed = brotliCompressSync(Buffer.concat(chunks), { params: quality });
  writeFileSync(join(import.meta.dirname, "vocabularies", `${name}.br`), compressed);
}

const [english, multilingual] = process.argv.slice(2);
if (english === undefined || multilingual === undefined) throw new Error("two files tokenizer.json are needed");
make(english, 50_256, "english");
make(multilingual, 50_257, "multilingual");
