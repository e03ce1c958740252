// A desk in the event loop: timers fire when they are due, pages go out as they come, an acknowledgement ends it. Patience is
// a second here, so that it is soon over.
import assert from "node:assert/strict";
import { Duration, open, runTimers } from "tocsin";

const desk = await open(null, { clock: () => new Date() });
await desk.publish({
  people: [{ key: "ana", name: "Ana" }, { key: "ben", name: "Ben" }],
  escalation_policies: [
    {
      key: "night",
      steps: [
        { targets: [{ kind: "person", key: "ana" }], delay: Duration.of({ seconds: 1 }) },
        { targets: [{ kind: "person", key: "ben" }], delay: Duration.of({ minutes: 5 }) },
      ],
    },
  ],
});

const stop = new AbortController();
const timers = runTimers(desk, { signal: stop.signal });
const { record } = await desk.logIncident({ title: "Mail is down", severity: "sev1" });
await desk.startEscalation({ incident: record!.number, policy: "night" });

// What a host does with an effect: here a person answers it, Ben at once, Ana not at all.
for await (const effect of desk.effects("pager", { follow: true, signal: stop.signal })) {
  console.log(effect.scheduled_at.toISOString(), effect.effect, effect["person"] ?? "");
  if (effect.effect === "page" && effect["person"] === "ben") {
    await desk.acknowledgePage({ incident: record!.number, actor: "ben" });
    stop.abort();
  }
}
await timers;
assert.equal((await desk.get({ incident: record!.number })).acknowledged_by, "ben");
await desk.close();
