/** `npm run bench -- NAME` and `npm run soak -- NAME`: runs the program of that name, or all of them. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs `<name>.<kind>.ts` from a folder; without a name, all of them one after another. A program that throws ends the
 * run.
 *
 * @param folder Absolute path of the programs.
 * @param kind `bench` or `soak`: the middle of the file names, and the function that each of them exports.
 */
export async function runNamedPrograms(folder: string, kind: string): Promise<void> {
  const suffix = `.${kind}.ts`;
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    process.stderr.write(`There is no ${kind} ${unknown}. There are: ${names.join(", ")}\n`);
    process.exitCode = 2;
    return;
  }
  for (const name of wanted.length > 0 ? wanted : names) {
    const program = (await import(join(folder, name + suffix))) as Record<string, () => Promise<void>>;
    await program[kind]?.();
  }
}
