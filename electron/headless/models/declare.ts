/** Declares `archivist models …` and its options. */
import { type Command, Option } from "commander";
import { quantizationNames } from "../../contract/model-quantization.ts";
import { dataDirOption, jsonOption } from "../terminal/arguments.ts";
import type { ImportOptions } from "./import.ts";
import type { ModelsOptions } from "./list.ts";
import type { MeasureOptions } from "./measure.ts";

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
    .command("measure")
    .description("measure how fast speech is recognized on this machine, in about ten seconds")
    .option("--fresh", "measure again what has been measured already")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: MeasureOptions) => {
      const { modelsMeasureCommand } = await import("./measure.ts");
      setExitCode(await modelsMeasureCommand(options));
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
    .description("check, convert and try a Whisper model of any kind, and put it into the models folder")
    .argument("<path>", "a .pt file of OpenAI, a Hugging Face or faster-whisper folder, or a ggml file of whisper.cpp")
    .option("--name <name>", "what to call it (default: by its checksum, else by the path)")
    .addOption(new Option("--quantize <kind>", "make it smaller and faster").choices(quantizationNames))
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (path: string, options: ImportOptions) => {
      const { modelsImportCommand } = await import("./import.ts");
      setExitCode(await modelsImportCommand(path, options));
    });
}
