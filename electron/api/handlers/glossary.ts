/** Names as they are spelt in a city. */

import { writeGlossary } from "../../administration/glossary.ts";
import { addTerms, glossaryOf } from "../../catalog/repositories/glossary.ts";
import { done, os } from "../implement.ts";

export const glossary = os.glossary.router({
  list: os.glossary.list.handler(({ input, context }) => [...glossaryOf(context.parts.workshop.catalog, input.city)]),
  replace: os.glossary.replace.handler(({ input, context }) => [
    ...writeGlossary(context.parts.workshop.catalog, input.city, input.text),
  ]),
  add: os.glossary.add.handler(({ input, context }) => {
    const { city, term, kind } = input;
    addTerms(context.parts.workshop.catalog, city, [{ term, kind }]);
    return done;
  }),
});
