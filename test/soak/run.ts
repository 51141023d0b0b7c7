import { runNamedPrograms } from "../support/process/named-programs.ts";

await runNamedPrograms(import.meta.dirname, "soak");
