/** `archivist glossary list | add | remove | import` */
import { readFile } from "node:fs/promises";
import type { Catalog } from "../../catalog/open.ts";
import { addTerms, glossaryCities, listGlossaryTerms, removeTerm } from "../../catalog/repositories/glossary.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { TermKind } from "../../contract/glossary.ts";
import { fileError } from "../../platform/file-errors.ts";
import { decodeText } from "../../platform/text-encoding/decode-text.ts";
import { readTermList } from "../../speech/vocabulary/term-list.ts";
import { openStation } from "../../station.ts";
import { counted, printJson, printResult } from "../terminal/print.ts";
import { userDataFolder, userPath } from "../terminal/user-paths.ts";

export interface GlossaryOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
}

/** Runs work on the station's catalog, with the station's lock, checks and migrations. */
async function withCatalog<T>(options: GlossaryOptions, work: (catalog: Catalog) => T | Promise<T>): Promise<T> {
  const station = openStation({ dataFolder: userDataFolder(options), purpose: "archivist glossary" });
  try {
    return await work(station.catalog);
  } finally {
    await station.close();
  }
}

export interface GlossaryListOptions extends GlossaryOptions {
  readonly city?: string;
}

/** Lists the cities, or the names of one. */
export function glossaryListCommand(options: GlossaryListOptions): Promise<number> {
  return withCatalog(options, (catalog) => {
    if (options.city === undefined) {
      const cities = glossaryCities(catalog);
      if (options.json) printJson({ cities });
      else if (cities.length === 0)
        printResult("No city has a glossary yet. Add names: archivist glossary add CITY NAME…");
      else for (const { city, terms } of cities) printResult(`${city.padEnd(30)} ${counted(terms, "name")}`);
      return 0;
    }
    const terms = listGlossaryTerms(catalog, options.city);
    if (options.json) printJson({ city: options.city, terms });
    else if (terms.length === 0) printResult(`${options.city} has no glossary yet.`);
    else {
      for (const { term, kind, timesHeard } of terms) {
        printResult(`${term.padEnd(40)} ${kind.padEnd(13)} heard in ${counted(timesHeard, "recording")}`);
      }
    }
    return 0;
  });
}

export interface GlossaryAddOptions extends GlossaryOptions {
  readonly kind?: TermKind;
}

export function glossaryAddCommand(
  city: string,
  terms: readonly string[],
  options: GlossaryAddOptions,
): Promise<number> {
  const kind = options.kind ?? "other";
  const list = readTermList(terms.join("\n")).map(({ term }) => ({ term, kind }));
  return withCatalog(options, (catalog) => report(options, city, addTerms(catalog, city, list), list.length));
}

/** Imports a file with one name per line; `kind: name` gives the kind of name. */
export function glossaryImportCommand(city: string, file: string, options: GlossaryOptions): Promise<number> {
  return withCatalog(options, async (catalog) => {
    const path = userPath(file);
    const bytes = await readFile(path).catch((thrown: unknown) => {
      throw fileError(thrown, file, "read");
    });
    const list = readTermList(decodeText(bytes).text);
    if (list.length === 0)
      throw new ArchivistError("glossary.invalid", { subject: file, cause: "there are no names in it" });
    return report(options, city, addTerms(catalog, city, list), list.length);
  });
}

function report(options: GlossaryOptions, city: string, fresh: number, all: number): number {
  if (options.json) printJson({ city, added: fresh, known: all - fresh });
  else
    printResult(`${city}: ${counted(fresh, "new name")}${all > fresh ? `, ${all - fresh} were there already` : ""}.`);
  return 0;
}

export function glossaryRemoveCommand(city: string, term: string, options: GlossaryOptions): Promise<number> {
  return withCatalog(options, (catalog) => {
    const done = removeTerm(catalog, city, term);
    if (options.json) printJson({ city, removed: done });
    else printResult(done ? `${city}: "${term}" is removed.` : `${city} has no name "${term}".`);
    return done ? 0 : 1;
  });
}
