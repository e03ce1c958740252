// A worker that sends what lies in the outbox, is stopped in the middle, and sends nothing twice and nothing never: the cursor
// of a consumer is in the desk's file, and the id of an effect tells the receiver what it has already.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Effect, open } from "tocsin";

const at = new Date("2026-11-23T08:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
const path = join(folder, "support.desk");

// Takes a message once: what comes again under the same id, it has already.
const received = new Map<number, string>();
let calls = 0;
function send(effect: Effect): void {
  if (!received.has(effect.id)) received.set(effect.id, `${effect.effect} ${effect.record}`);
  if (++calls === 2) throw new Error("the answer of the mail server was lost");
}

async function work(): Promise<void> {
  const desk = await open(path);
  try {
    for await (const effect of desk.effects("mailer")) send(effect);
  } finally {
    await desk.close();
  }
}

try {
  const desk = await open(path);
  await desk.publish({ at, people: [{ key: "ana", name: "Ana" }, { key: "ben", name: "Ben" }] });
  for (const title of ["VPN is down", "Mail is slow", "Printer jams"]) {
    const { record } = await desk.logIncident({ title, caller: "ben", at });
    await desk.assignIncident({ incident: record!.number, assignee: "ana", at });
  }
  const expected = (await desk.takeEffects("a look without acknowledging")).map((effect) => effect.id);
  await desk.close();

  await assert.rejects(work(), /was lost/);
  await work();
  console.log(`${received.size} messages in ${calls} calls`);
  assert.deepEqual([...received.keys()], expected);
  assert.equal(calls, expected.length + 1);
} finally {
  rmSync(folder, { recursive: true });
}
