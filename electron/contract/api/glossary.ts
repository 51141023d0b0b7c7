/** Names as they are spelt in a city: speech recognition listens for them, and the editor offers them. */
import { z } from "zod";
import { termKinds } from "../glossary.ts";
import { doneSchema, forOperators, forUsers } from "./base.ts";

const citySchema = z.string().trim().min(1).max(100);

export const termSchema = z.object({
  term: z.string().trim().min(1).max(100),
  kind: z.enum(termKinds),
  /** In how many meetings it was heard. */
  timesHeard: z.number().int(),
});

const tag = { tags: ["glossary"] };

export const glossary = {
  list: forUsers
    .route({ method: "GET", path: "/api/glossary/{city}", ...tag })
    .input(z.object({ city: citySchema }))
    .output(z.array(termSchema)),
  /** The whole list: one name a line, its kind before it (`person: Jane Doe`), `#` before remarks. */
  replace: forOperators
    .route({ method: "PUT", path: "/api/glossary/{city}", ...tag })
    .input(z.object({ city: citySchema, text: z.string().max(500_000) }))
    .output(z.array(termSchema)),
  add: forOperators
    .route({ method: "POST", path: "/api/glossary/{city}", ...tag })
    .input(z.object({ city: citySchema, term: termSchema.shape.term, kind: termSchema.shape.kind.default("other") }))
    .output(doneSchema),
};
