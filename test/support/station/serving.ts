/** Starts an emulated Cablecast server in its own process, outside of any test. */
import { spawn } from "node:child_process";
import { z } from "zod";

export interface Serving {
  readonly url: string;
  stop(): Promise<void>;
}

const answerSchema = z.object({ url: z.string() });

/** @param launcher file that starts the command line. @throws Error if it ends before it serves */
export function startServing(launcher: string, dataFolder: string): Promise<Serving> {
  const child = spawn(process.execPath, [launcher, "cablecast", "emulate", "--json", "--data-dir", dataFolder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (!text.includes("\n}")) return;
      const { url } = answerSchema.parse(JSON.parse(text));
      resolve({
        url,
        stop: async () => {
          child.kill("SIGINT");
          await ended;
        },
      });
    });
    void ended.then(() => reject(new Error("the practice station has ended")));
  });
}
