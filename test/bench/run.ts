import { runNamedPrograms } from "../support/named-programs.ts";

await runNamedPrograms(import.meta.dirname, "bench");
