/** Prints the one line that a person (or a script) looks for, as the last one: "123 passed, 0 failed". */
import type { Reporter, TestModule } from "vitest/node";

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      let tests = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        tests++;
        if (state === "passed") passed++;
        else if (state === "failed") failed++;
        else skipped++;
      }
      // A file that could not even be loaded has no tests to count.
      if (tests === 0 && module.state() === "failed") failed++;
    }
    const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    // After everything that Vitest itself prints.
    process.once("exit", () => process.stdout.write(`${line}\n`));
  }
}
