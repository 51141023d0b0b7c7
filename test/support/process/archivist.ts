/** Runs the command line as a user does: in its own process. */
import { join } from "node:path";
import { projectRoot } from "../paths.ts";
import { rememberProcessor } from "../station/known-processor.ts";
import { temporaryFolder } from "../temporary.ts";
import { type RunningProgram, type RunOptions, runNode } from "./run-node.ts";

const launcher = join(projectRoot, "electron/headless/archivist.mjs");

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions extends RunOptions {
  readonly dataFolder?: string;
}

/** Starts `archivist …`. Recognition is greedy, which is fast and good enough for the demo model. */
export function startArchivist(args: readonly string[], options: CommandOptions = {}): RunningProgram {
  const { dataFolder = temporaryFolder() } = options;
  rememberProcessor(dataFolder);
  return runNode([launcher, ...args], {
    ...options,
    env: {
      ARCHIVIST_DATA_DIR: dataFolder,
      ARCHIVIST_SPEECH_BEAM_SIZE: "1",
      // Test files run in parallel; two engines that each use every core would spin against each other.
      ARCHIVIST_SPEECH_THREADS: "1",
      INIT_CWD: undefined,
      ...options.env,
    },
  });
}

/** Runs `archivist …` to its end. */
export async function archivist(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const program = startArchivist(args, options);
  const { code } = await program.exit;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}
