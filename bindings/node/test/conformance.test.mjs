// Every conformance case holds through the binding, as text and as JavaScript says it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { cases, NativeDesk, readJson, runCase, TextDesk } from "./conformance.mjs";

test("there are cases", () => assert.ok(cases().length >= 200));

for (const name of cases()) {
  test(name, async () => {
    const file = readJson(name);
    const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
    try {
      for (const Kind of [TextDesk, NativeDesk]) {
        const path = file.steps.some((step) => "reopen" in step) ? join(folder, `${Kind.name}.desk`) : undefined;
        const desk = await new Kind(file.options ?? {}, path).open();
        try {
          await runCase(file, desk);
        } finally {
          await desk.desk.close();
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
