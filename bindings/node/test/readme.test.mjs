// The snippets of the README run, one after the other, as one program.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

test("every snippet of the README runs", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const snippets = [...readme.matchAll(/```js\n(.*?)```/gs)].map((match) => match[1]);
  assert.ok(snippets.length >= 6);
  const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(process.env.TOCSIN_PACKAGE, join(folder, "node_modules", "tocsin"));
    // An assertion of a snippet that does not hold ends the program.
    const program = `console.assert = (held) => { if (!held) throw new Error("it does not hold"); };\n${snippets.join("\n")}`;
    writeFileSync(join(folder, "readme.mjs"), program);
    const said = execFileSync(process.execPath, ["readme.mjs"], { cwd: folder, encoding: "utf8" });
    assert.match(said, /page for INC0000001 at 2026-11-23T08:00:00.000Z/);
    assert.match(said, /assignment_notice|requester_notice/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
