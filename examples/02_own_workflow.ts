// A workflow of one's own, published from objects, and an incident driven through it, past a guard that says no.
import assert from "node:assert/strict";
import { Duration, open, TocsinError, type Workflow } from "tocsin";

const at = new Date("2026-11-23T08:00:00Z");
const repaired = new Date("2026-11-23T10:00:00Z");

// A fault in a lift: nobody closes it before it was inspected, and it is taken back if it breaks within a month.
const workflow: Workflow = {
  key: "lift",
  name: "Fault in a lift",
  states: [
    { name: "reported", kind: "new", initial: true },
    { name: "under_repair", kind: "in_progress" },
    { name: "repaired", kind: "resolved" },
    { name: "closed", kind: "closed" },
    { name: "withdrawn", kind: "cancelled" },
  ],
  transitions: [
    { verb: "begin_work", from: ["reported"], to: "under_repair" },
    {
      verb: "resolve", from: ["under_repair"], to: "repaired",
      guards: [{ condition: { var: "custom.inspected" }, says: "the lift has been inspected" }],
    },
    { verb: "close", from: ["repaired"], to: "closed" },
    { verb: "reopen", from: ["repaired"], to: "under_repair" },
    { verb: "cancel", from: ["reported"], to: "withdrawn" },
  ],
  resolution_codes: ["repaired", "replaced"],
  reopen_window: Duration.of({ days: 30 }),
};

const desk = await open();
await desk.publish({
  at,
  people: [{ key: "tom", name: "Tom" }],
  custom_fields: [{ key: "inspected", name: "Inspected", kind: "boolean", types: ["lift_fault"] }],
  workflows: [workflow],
  record_types: [{ key: "lift_fault", name: "Lift", base: "incident", number_prefix: "LFT", workflow: "lift" }],
});
const logged = await desk.logIncident({ type: "lift_fault", title: "Lift 2 stands still", at });
const incident = logged.record!.number;
await desk.beginWork({ incident, actor: "tom", at: new Date("2026-11-23T08:20:00Z") });

try {
  await desk.resolveIncident({ incident, actor: "tom", code: "repaired", notes: "New fuse", at: repaired });
  assert.fail("it was not inspected");
} catch (refusal) {
  if (!(refusal instanceof TocsinError) || refusal.status !== "failed_precondition") throw refusal;
  console.log("Not yet:", refusal.message, refusal.detail["unmet"]);
}
await desk.setCustomFields({ incident, actor: "tom", custom: { inspected: true }, at: repaired });
await desk.resolveIncident({ incident, actor: "tom", code: "repaired", notes: "New fuse", at: repaired });

const record = await desk.get({ incident });
console.log(incident, "is", record.state, "since", record.resolved_at?.toISOString());
assert.equal(record.state, "repaired");
await desk.close();
