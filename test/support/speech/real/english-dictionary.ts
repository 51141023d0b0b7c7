/** The dictionary that the editor marks unknown words with. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createHunspellFromStrings } from "hunspell-wasm";
import { bare } from "../../../../electron/captions/segmentation/sentence-end.ts";
import { isCivicWord } from "../../../../electron/captions/text/civic-words.ts";
import { projectRoot } from "../../paths.ts";

/** Opens the dictionary. @returns whether it, or the words of local government, know a word */
export async function openEnglishDictionary(): Promise<(word: string) => boolean> {
  const read = (name: string) => readFileSync(join(projectRoot, "node_modules/dictionary-en", name), "utf8");
  const checker = await createHunspellFromStrings(read("index.aff"), read("index.dic"));
  return (word) => {
    const plain = bare(word);
    const written = [plain, plain.charAt(0).toUpperCase() + plain.slice(1), plain.replace(/'s$/, "")];
    return plain === "" || written.some((each) => checker.testSpelling(each)) || isCivicWord(plain);
  };
}
