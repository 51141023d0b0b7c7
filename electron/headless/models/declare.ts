/** Declares `archivist models …` and its options. */
import type { Command } from "commander";
import { dataDirOption, jsonOption } from "../terminal/arguments.ts";
import type { ModelsOptions } from "./list.ts";
import type { ImportOptions } from "./manage.ts";

export function addModelCommands(program: Command, setExitCode: (code: number) => void): void {
  const models = program.command("models").description("speech models on this machine");

  models
    .command("list")
    .description("list the models, what they need, and which of them are here")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: ModelsOptions) => {
      const { modelsListCommand } = await import("./list.ts");
      setExitCode(modelsListCommand(options));
    });
  models
    .command("pull")
    .description("download models; a download that broke off goes on where it stopped")
    .argument("<name...>", "names out of `archivist models list`")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (names: string[], options: ModelsOptions) => {
      const { modelsPullCommand } = await import("./pull.ts");
      setExitCode(await modelsPullCommand(names, options));
    });
  models
    .command("verify")
    .description("read models from end to end and compare them with whisper.cpp's checksums")
    .argument("[name]", "one of them (default: all that are here)")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (name: string | undefined, options: ModelsOptions) => {
      const { modelsVerifyCommand } = await import("./manage.ts");
      setExitCode(await modelsVerifyCommand(name, options));
    });
  models
    .command("remove")
    .description("remove a model from the models folder")
    .argument("<name>")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (name: string, options: ModelsOptions) => {
      const { modelsRemoveCommand } = await import("./manage.ts");
      setExitCode(await modelsRemoveCommand(name, options));
    });
  models
    .command("import")
    .description("check a model file and copy it into the models folder")
    .argument("<file>", "a ggml model of whisper.cpp")
    .option("--name <name>", "what to call it (default: by its checksum, else by the file)")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (file: string, options: ImportOptions) => {
      const { modelsImportCommand } = await import("./manage.ts");
      setExitCode(await modelsImportCommand(file, options));
    });
}
