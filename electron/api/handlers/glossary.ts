/** Procedures for the glossary: names as they are spelled in a city. */
import { writeGlossary } from "../../administration/glossary.ts";
import { addTerms, listGlossaryTerms } from "../../catalog/repositories/glossary.ts";
import { done, os } from "../implement.ts";

export const glossary = os.glossary.router({
  list: os.glossary.list.handler(({ input, context }) => [
    ...listGlossaryTerms(context.services.station.catalog, input.city),
  ]),
  replace: os.glossary.replace.handler(({ input, context }) => [
    ...writeGlossary(context.services.station.catalog, input.city, input.text),
  ]),
  add: os.glossary.add.handler(({ input, context }) => {
    const { city, term, kind } = input;
    addTerms(context.services.station.catalog, city, [{ term, kind }]);
    return done;
  }),
});
