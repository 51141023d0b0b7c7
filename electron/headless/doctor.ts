/** `archivist doctor` */
import { type CheckResult, runChecks } from "../monitoring/doctor.ts";
import { printable, printJson, printResult } from "./terminal/print.ts";
import { userDataFolder } from "./terminal/user-paths.ts";

export interface DoctorOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
}

const marks: Readonly<Record<CheckResult["status"], string>> = { ok: "ok", warning: "note", error: "WRONG" };

/** Runs the command; exit code 1 when a requirement is missing. */
export async function doctorCommand(options: DoctorOptions): Promise<number> {
  const dataFolder = userDataFolder(options);
  const findings = await runChecks(dataFolder);
  const isHealthy = findings.every(({ status }) => status !== "error");
  if (options.json) printJson({ healthy: isHealthy, findings });
  else {
    for (const { name, status, detail, remedy } of findings) {
      printResult(`${marks[status].padEnd(6)} ${name.padEnd(14)} ${printable(detail)}`);
      if (remedy !== undefined) printResult(`${" ".repeat(22)}${printable(remedy)}`);
    }
    printResult(isHealthy ? "Everything that is needed is there." : "Something that is needed is missing or broken.");
  }
  return isHealthy ? 0 : 1;
}
