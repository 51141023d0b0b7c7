/** Names as a city spells them: hints for speech recognition, and suggestions in the editor. */
import { z } from "zod";
import { termKinds } from "../glossary.ts";
import { doneSchema, forOperators, forUsers } from "./base.ts";

const citySchema = z.string().trim().min(1).max(100);

export const termSchema = z.object({
  term: z.string().trim().min(1).max(100),
  kind: z.enum(termKinds),
  /** Number of meetings in which it was recognized. */
  timesHeard: z.number().int(),
});

const tag = { tags: ["glossary"] };

export const glossary = {
  list: forUsers
    .route({ method: "GET", path: "/api/glossary/{city}", ...tag })
    .input(z.object({ city: citySchema }))
    .output(z.array(termSchema)),
  /** Replaces the whole list: one name per line after its kind (`person: Jane Doe`), `#` before comments. */
  replace: forOperators
    .route({ method: "PUT", path: "/api/glossary/{city}", ...tag })
    .input(z.object({ city: citySchema, text: z.string().max(500_000) }))
    .output(z.array(termSchema)),
  add: forOperators
    .route({ method: "POST", path: "/api/glossary/{city}", ...tag })
    .input(z.object({ city: citySchema, term: termSchema.shape.term, kind: termSchema.shape.kind.default("other") }))
    .output(doneSchema),
};
