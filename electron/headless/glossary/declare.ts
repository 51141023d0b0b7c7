/** Declares `archivist glossary …` and its options. */
import { type Command, Option } from "commander";
import { dataDirOption, jsonOption } from "../terminal/arguments.ts";
import type { GlossaryAddOptions, GlossaryListOptions, GlossaryOptions } from "./glossary.ts";

const kinds = ["person", "place", "title", "organisation", "other"];

export function addGlossaryCommands(program: Command, setExitCode: (code: number) => void): void {
  const glossary = program.command("glossary").description("names as they are spelt in each city");

  glossary
    .command("list")
    .description("list the cities, or the names of one")
    .argument("[city]")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (city: string | undefined, options: GlossaryListOptions) => {
      const { glossaryListCommand } = await import("./glossary.ts");
      setExitCode(await glossaryListCommand(city === undefined ? options : { ...options, city }));
    });
  glossary
    .command("add")
    .description("add names to a city's glossary")
    .argument("<city>")
    .argument("<name...>")
    .addOption(new Option("--kind <kind>", "what they are (default: other)").choices(kinds))
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (city: string, names: string[], options: GlossaryAddOptions) => {
      const { glossaryAddCommand } = await import("./glossary.ts");
      setExitCode(await glossaryAddCommand(city, names, options));
    });
  glossary
    .command("import")
    .description("add the names of a text file: one a line, `person: Jane Doe` where the kind is known")
    .argument("<city>")
    .argument("<file>")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (city: string, file: string, options: GlossaryOptions) => {
      const { glossaryImportCommand } = await import("./glossary.ts");
      setExitCode(await glossaryImportCommand(city, file, options));
    });
  glossary
    .command("remove")
    .description("take a name out of a city's glossary")
    .argument("<city>")
    .argument("<name>")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (city: string, name: string, options: GlossaryOptions) => {
      const { glossaryRemoveCommand } = await import("./glossary.ts");
      setExitCode(await glossaryRemoveCommand(city, name, options));
    });
}
