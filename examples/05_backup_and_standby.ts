// A backup while the desk goes on, a standby that follows by entries, and a failover to it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "tocsin";

const at = (minutes: number): Date => new Date(Date.parse("2026-11-23T08:00:00Z") + minutes * 60_000);
const folder = mkdtempSync(join(tmpdir(), "tocsin-"));

try {
  const leader = await open(join(folder, "leader.desk"));
  const standby = await open(join(folder, "standby.desk"));
  for (let i = 0; i < 10; ++i) await leader.logIncident({ title: `Incident ${i}`, at: at(i) });
  await leader.backup(join(folder, "monday.desk"));

  // Over a wire: the standby says where it is, the leader sends bytes, the standby takes them up.
  for (let { sequence } = await standby.head(); sequence < (await leader.head()).sequence; { sequence } = await standby.head()) {
    const entries = await leader.readEntries(sequence + 1, 4096);
    console.log(`${entries.length} bytes from entry ${sequence + 1} on: ${await standby.applyEntries(entries)} entries`);
  }
  const anchor = await leader.head();
  assert.deepEqual(await standby.head(), anchor);
  await leader.close();

  // The standby becomes a desk of its own with its first command.
  await standby.logIncident({ title: "The machine of the leader is on fire", at: at(60) });
  console.log((await standby.verify())["entries"], "entries verified after the failover");
  await standby.close();

  const backup = await open(join(folder, "monday.desk"), { readOnly: true, mustExist: true });
  assert.deepEqual(await backup.head(), anchor);
  console.log("the backup has", (await backup.incidents()).length, "incidents");
  await backup.close();
} finally {
  rmSync(folder, { recursive: true });
}
