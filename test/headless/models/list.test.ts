import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { demoModel } from "../../support/paths.ts";
import { archivist } from "../../support/process/archivist.ts";
import { temporaryFolder } from "../../support/temporary.ts";

describe("models list", () => {
  test("shows the official ones, what is here, and where to put more", async () => {
    const dataFolder = temporaryFolder();
    mkdirSync(join(dataFolder, "models"));
    copyFileSync(demoModel, join(dataFolder, "models", "ggml-tiny.en.bin"));
    const result = await archivist(["models", "list"], { dataFolder });
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^base\.en +149 MB +0\.4 GB +English +no$/m);
    expect(result.stdout).toMatch(/^tiny\.en \(used\) .*ggml-tiny\.en\.bin$/m);
    expect(result.stdout).toMatch(/^archivist-demo-en .*for the demo only/m);
    expect(result.stdout).toContain(join(dataFolder, "models"));
    const json = JSON.parse((await archivist(["models", "list", "--json"], { dataFolder })).stdout) as {
      models: { name: string }[];
    };
    expect(json.models.length).toBeGreaterThan(30);
  });
});
