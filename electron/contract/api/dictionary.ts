/** The spell check: dictionaries of languages, and the words that users have added. */
import { z } from "zod";
import { dateTimeSchema, doneSchema, forAdmins, forOperators, forUsers } from "./base.ts";

/** Name of the city's glossary; empty: words of the whole station. */
const citySchema = z.string().trim().max(100);
const wordSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[\p{L}\p{M}\p{N}'’.-]+$/u, "one word, without spaces");
/** ISO 639-1, as speech recognition names languages. */
const languageSchema = z.string().regex(/^[a-z]{2,3}$/, "a code of two or three letters, such as es");
/** A file, compressed with gzip, in base64. */
const packedSchema = z.string().max(3_600_000);

const tag = { tags: ["dictionary"] };

export const dictionary = {
  /** The languages installed in the station; English is always included. */
  list: forUsers
    .route({ method: "GET", path: "/api/dictionaries", ...tag })
    .output(z.array(z.object({ language: z.string(), words: z.number().int(), bytes: z.number().int() }))),
  /** The dictionary of a language; null: not installed. */
  read: forUsers
    .route({ method: "GET", path: "/api/dictionaries/{language}", ...tag })
    .input(z.object({ language: languageSchema }))
    .output(z.object({ affixes: z.string(), dictionary: z.string() }).nullable()),
  add: forAdmins
    .route({ method: "PUT", path: "/api/dictionaries/{language}", ...tag })
    .input(z.object({ language: languageSchema, affixes: packedSchema, dictionary: packedSchema }))
    .output(z.object({ words: z.number().int() })),
  remove: forAdmins
    .route({ method: "DELETE", path: "/api/dictionaries/{language}", ...tag })
    .input(z.object({ language: languageSchema }))
    .output(doneSchema),
  /** Words that users have added. */
  words: forUsers
    .route({ method: "GET", path: "/api/dictionary-words", ...tag })
    .input(z.object({ city: citySchema }))
    .output(z.array(z.object({ word: z.string(), addedBy: z.string(), addedDate: dateTimeSchema }))),
  addWord: forOperators
    .route({ method: "POST", path: "/api/dictionary-words", ...tag })
    .input(z.object({ city: citySchema, word: wordSchema }))
    .output(doneSchema),
  removeWord: forOperators
    .route({ method: "DELETE", path: "/api/dictionary-words", ...tag })
    .input(z.object({ city: citySchema, word: z.string().min(1).max(60) }))
    .output(doneSchema),
};
