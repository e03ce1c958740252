// What a program relies on, besides what the conformance cases hold.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { COMMANDS, QUERIES, tocsin } from "./package.mjs";

const { command, Desk, Duration, Instant, open, runTimers, TocsinError } = tocsin;
const at = new Date("2026-11-23T08:00:00Z");
const later = (ms) => new Date(at.getTime() + ms);
const is = (status, code) => (error) => error instanceof TocsinError && error.status === status && (code === undefined || error.code === code);

// Opens a desk for one test.
function desk(name, body, options) {
  test(name, async () => {
    const opened = await open(null, options);
    try {
      await body(opened);
    } finally {
      await opened.close();
    }
  });
}

async function inFolder(body) {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
  try {
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a desk in a file is there again", () =>
  inFolder(async (folder) => {
    const path = join(folder, "support.desk");
    const first = await open(path);
    await first.logIncident({ title: "VPN is down", at });
    const head = await first.head();
    await first.close();
    const again = await open(path, { readOnly: true, mustExist: true });
    assert.deepEqual(await again.head(), head);
    await assert.rejects(again.logIncident({ title: "No writing here", at }), TocsinError);
    await again.close();
    await assert.rejects(open(join(folder, "none.desk"), { mustExist: true }), TocsinError);
    await assert.rejects(open("support\0.desk"), TypeError);
  }));

test("closing twice is once, and a closed desk says so", async () => {
  const closed = await open();
  await closed.close();
  await closed.close();
  assert.ok(closed.closed);
  for (const use of [() => closed.logIncident({ title: "x", at }), () => closed.find(), () => closed.nextDue(), () => closed.incidents(),
    () => closed.effects("x").next(), () => closed.verify(), () => closed.memory(), () => closed.fork(), () => closed.advance(at)]) {
    await assert.rejects(use(), is("failed_precondition", "binding.closed"));
  }
  assert.throws(() => closed.interrupt(), is("failed_precondition", "binding.closed"));
});

test("disposing closes", async () => {
  const opened = await open();
  await opened[Symbol.asyncDispose]();
  assert.ok(opened.closed);
  const other = await open();
  other[Symbol.dispose]();
  assert.ok(other.closed);
});

test("closing waits for the calls that were made", async () => {
  const opened = await open();
  const results = Promise.all([1, 2, 3].map((n) => opened.logIncident({ title: `${n}`, at })));
  await opened.close();
  assert.deepEqual((await results).map((result) => result.record.id), [1, 2, 3]);
});

test("every command and question is a method", () => {
  for (const method of [...Object.keys(COMMANDS), ...Object.keys(QUERIES)]) assert.equal(typeof Desk.prototype[method], "function", method);
});

desk("what is no instant is refused", async (opened) => {
  const wrong = [new Date(NaN), "2026-11-23T08:00:00", "2026-02-29T08:00:00Z", "yesterday"];
  for (const instant of wrong) {
    await assert.rejects(opened.advance(instant), TypeError);
    await assert.rejects(opened.logIncident({ title: "x", at: instant }));
  }
  assert.equal((await opened.head()).sequence, 0);
  assert.ok(await opened.execute({ command: "log_incident", actor: "host", title: "x" }, { at: "2026-11-23T09:00:00.5+01:00" }));
  assert.equal((await opened.get({ incident: 1 })).opened_at.microseconds, BigInt(at.getTime()) * 1000n + 500_000n);
});

test("durations go to text and back", () => {
  for (const [parts, text] of [[{}, "PT0S"], [{ hours: 4 }, "PT4H"], [{ days: 1, seconds: 1.5 }, "P1DT1.5S"], [{ minutes: -90 }, "-PT1H30M"]]) {
    assert.equal(String(Duration.of(parts)), text);
    assert.equal(String(Duration.fromText(text)), text);
  }
  for (const wrong of ["P", "PT", "P1", "P1Y", "1D", "P1DT", ""]) assert.equal(Duration.fromText(wrong), undefined);
  assert.throws(() => Duration.of({ fortnights: 1 }), TypeError);
  for (const text of ["2026-11-23T08:00:00Z", "2026-11-23T08:00:00.250Z", "1900-01-01T00:00:00.000001Z"]) {
    assert.equal(Instant.fromText(text).toJSON(), text);
  }
});

desk("text of custom fields stays text", async (opened) => {
  await opened.publish({ at, custom_fields: [{ key: "due_at", name: "Due", kind: "text" }] });
  await opened.logIncident({ title: "x", custom: { due_at: "2026-11-23T08:00:00Z" }, at });
  assert.deepEqual((await opened.get({ incident: 1 })).custom, { due_at: "2026-11-23T08:00:00Z" });
});

desk("an error says what and where", async (opened) => {
  await assert.rejects(opened.logIncident({ title: "x", impact: "huge", at }), (error) => {
    assert.equal(error.status, "invalid_argument");
    assert.equal(error.detail.path, "/impact");
    return error instanceof Error;
  });
  await assert.rejects(opened.logIncident({ titel: "x", at }), is("invalid_argument", "document.unknown_field"));
});

desk("a batch is accepted as a whole or not at all", async (opened) => {
  const batch = opened.batch({ at });
  batch.logIncident({ title: "One" });
  batch.addNote({ incident: "INC0000099", text: "Two" });
  await assert.rejects(batch.commit(), (error) => error.status === "not_found" && error.detail.index === 1);
  assert.equal((await opened.find()).records.length, 0);
  const results = await opened.execute([command.logIncident({ title: "One" }), { command: "no_such" }], { at, atomic: false });
  assert.deepEqual(results.map((result) => "error" in result), [false, true]);
});

desk("rows are what find finds", async (opened) => {
  const batch = opened.batch({ at });
  for (let i = 0; i < 120; ++i) batch.logIncident({ title: `${i}`, impact: i % 2 ? "high" : "low", urgency: "high" });
  await batch.commit();
  const rows = await opened.incidents({ order: "id" });
  const found = [];
  for await (const record of opened.findAll({ order: "id", limit: 50 })) found.push(record);
  assert.equal(rows.length, 120);
  assert.deepEqual([...rows].map((row) => [row.id, row.priority, row.state_kind, row.opened_at.toJSON()]),
    found.map((record) => [record.id, record.priority, record.state_kind, record.opened_at.toJSON()]));
  assert.ok(Number.isNaN(rows.column("resolved_at_us")[0]) && rows.at(-1).id === 120 && rows.at(120) === undefined);
  assert.throws(() => rows.column("no_such"), RangeError);
  const page = await opened.incidents({ order: "id", limit: 100 });
  assert.deepEqual((await opened.incidents({ order: "id", cursor: page.cursor })).length, 20);
});

async function withEffects(opened) {
  await opened.publish({ at, people: [{ key: "ana" }, { key: "ben" }] });
  for (const incident of [1, 2, 3]) {
    await opened.logIncident({ title: `${incident}`, caller: "ben", at });
    await opened.assignIncident({ incident, assignee: "ana", at });
  }
}

desk("an effect is acknowledged when the next is asked for", async (opened) => {
  await withEffects(opened);
  const all = (await opened.takeEffects("observer")).map((effect) => effect.id);
  await assert.rejects(async () => {
    for await (const effect of opened.effects("mailer")) if (effect.id === all[1]) throw new Error("the mail server is gone");
  });
  const rest = [];
  for await (const effect of opened.effects("mailer", { max: 1 })) rest.push(effect.id);
  assert.deepEqual(rest, all.slice(1));
});

desk("who follows the outbox is woken by a command, and stopped by a signal", async (opened) => {
  const stop = new AbortController();
  const seen = [];
  const worker = (async () => {
    for await (const effect of opened.effects("mailer", { follow: true, signal: stop.signal })) {
      seen.push(effect.id);
      if (seen.length === 3) stop.abort();
    }
  })();
  await withEffects(opened);
  await worker;
  assert.ok(seen.length >= 3);
});

test("timers fire when they are due", async () => {
  const opened = await open(null, { clock: () => new Date() });
  await opened.publish({
    people: [{ key: "ana" }, { key: "ben" }],
    escalation_policies: [{ key: "p", steps: ["ana", "ben"].map((key) => ({ targets: [{ kind: "person", key }], delay: Duration.of({ seconds: 1 }) })) }],
  });
  const stop = new AbortController();
  const timers = runTimers(opened, { signal: stop.signal });
  await opened.logIncident({ title: "x" });
  await opened.startEscalation({ incident: 1, policy: "p" });
  const paged = new Set();
  for await (const effect of opened.effects("pager", { follow: true, signal: stop.signal })) {
    paged.add(effect.person);
    if (paged.has("ben")) stop.abort();
  }
  await timers;
  assert.ok(paged.has("ana") && paged.has("ben"));
  await opened.close();
});

desk("a signal interrupts the call that runs, and the event loop goes on meanwhile", async (opened) => {
  const many = Array.from({ length: 20_000 }, () => command.logIncident({ title: "x", description: "y".repeat(2000), at }));
  const stop = new AbortController();
  let turns = 0;
  const ticking = setInterval(() => {
    if (++turns === 3) stop.abort(new Error("enough"));
  }, 1);
  await assert.rejects(opened.execute(many, { atomic: false, signal: stop.signal }), /enough/);
  clearInterval(ticking);
  assert.ok(turns >= 3);
  await opened.verify();
  await assert.rejects(opened.find({}, { signal: AbortSignal.abort(new Error("before it began")) }), /before it began/);
});

desk("a fork goes its own way, and a standby follows", async (opened) => {
  await opened.logIncident({ title: "x", at });
  const fork = await opened.fork();
  await fork.logIncident({ title: "What if", at });
  assert.equal((await fork.incidents()).length, 2);
  await fork.close();
  const standby = await open();
  assert.equal(await standby.follow(opened), (await opened.head()).sequence);
  assert.deepEqual(await standby.head(), await opened.head());
  await standby.logIncident({ title: "The leader is gone", at });
  await opened.logIncident({ title: "It is not", at });
  await assert.rejects(standby.applyEntries(await opened.readEntries((await opened.head()).sequence)), is("conflict"));
  await standby.close();
});

desk("the clock is asked only where no instant is given", async (opened) => {
  assert.equal((await opened.logIncident({ title: "x" })).recorded_at.getTime(), at.getTime());
  assert.equal((await opened.logIncident({ title: "x", at: later(5000) })).recorded_at.getTime(), later(5000).getTime());
}, { clock: () => at });

desk("a desk without a clock wants an instant", async (opened) => {
  await assert.rejects(opened.logIncident({ title: "x" }), (error) => error.detail.path === "/at");
});

// Asks the host for "credit".
const creditWorkflow = {
  key: "credit", name: "Credit",
  states: [{ name: "begun", kind: "new", initial: true }, { name: "done", kind: "resolved" }, { name: "over", kind: "closed" }],
  transitions: [
    { verb: "resolve", from: ["begun"], to: "done", host_guards: [{ name: "credit", says: "there is no credit" }] },
    { verb: "close", from: ["done"], to: "over" },
  ],
  resolution_codes: ["settled"],
};

// A desk with that workflow, and what moves its record.
function guarded(name, body) {
  desk(name, async (opened) => {
    await opened.publish({ at, people: [{ key: "ana" }], workflows: [creditWorkflow] });
    const { record } = await opened.logIncident({ title: "A bill", workflow: "credit", at });
    await body(opened, (on) => on.resolveIncident({ incident: record.number, actor: "ana", code: "settled", notes: "Paid", at }), record.number);
  });
}

guarded("the host answers for a guard", async (opened, resolve, number) => {
  for (const guard of [() => false, () => undefined, null]) {
    await opened.setGuard(guard);
    await assert.rejects(resolve(opened), is("failed_precondition", "workflow.host_guard"));
  }
  const asked = [];
  await opened.setGuard((question) => asked.push(question) > 0);
  await resolve(opened);
  assert.deepEqual(asked.map(({ at: instant, ...rest }) => [instant.toJSON(), rest]),
    [["2026-11-23T08:00:00Z", { guard: "credit", incident: number, actor: "ana" }]]);
  await assert.rejects(opened.setGuard("yes"), TypeError);
});

guarded("what a guard throws ends the command, and is the cause of its error", async (opened, resolve) => {
  const head = await opened.head();
  const thrown = new RangeError("the bank does not answer");
  await opened.setGuard(() => {
    throw thrown;
  });
  const aborted = is("cancelled", "guard.aborted");
  await assert.rejects(resolve(opened), (error) => aborted(error) && error.cause === thrown);
  for (const wrong of [async () => true, () => 1, () => "yes"]) {
    await opened.setGuard(wrong);
    await assert.rejects(resolve(opened), (error) => aborted(error) && error.cause instanceof TypeError);
  }
  assert.deepEqual(await opened.head(), head);
  await opened.setGuard(() => true);
  await resolve(opened);
});

guarded("a fork does not ask the host", async (opened, resolve) => {
  await opened.setGuard(() => assert.fail("it was asked"));
  const fork = await opened.fork();
  await assert.rejects(resolve(fork), is("failed_precondition", "workflow.host_guard"));
  await fork.setGuardAnswers({ credit: true });
  await resolve(fork);
  await fork.close();
});

test("desks ask at the same time, and a guard is forgotten with its desk", async () => {
  const asked = [];
  await Promise.all(Array.from({ length: 8 }, async (_, n) => {
    const opened = await open();
    await opened.setGuard(() => assert.fail("it was replaced"));
    await opened.setGuard(() => asked.push(n) > 0);
    await opened.publish({ at, workflows: [creditWorkflow] });
    await opened.logIncident({ title: "x", workflow: "credit", at });
    await opened.resolveIncident({ incident: 1, code: "settled", notes: "x", at });
    await opened.close();
    await assert.rejects(opened.setGuard(null), is("failed_precondition", "binding.closed"));
  }));
  assert.deepEqual(asked.sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
});

test("a program ends although a call waits for a guard", async () => {
  const package_ = JSON.stringify(new URL(`file://${process.env.TOCSIN_PACKAGE}/dist/index.js`));
  const begin = `
    const { open } = await import(${package_});
    const at = "2026-11-23T08:00:00Z";
    const desk = await open();
    await desk.publish({ at, workflows: [${JSON.stringify(creditWorkflow)}] });
    await desk.logIncident({ title: "x", workflow: "credit", at });
    const resolve = () => desk.resolveIncident({ incident: 1, code: "settled", notes: "x", at });`;
  for (const end of [
    "await desk.setGuard(() => process.exit(7)); await resolve();",
    // The call is under way, and has asked, or will.
    "await desk.setGuard(() => true); resolve(); await null; await null; await null; process.exit(7);",
    "await desk.setGuard(() => true); await resolve(); process.exitCode = 7;", // and it is not closed
  ]) {
    const ended = spawnSync(process.execPath, ["--input-type=module", "-e", begin + end], { encoding: "utf8", timeout: 20_000 });
    assert.equal(ended.status, 7, `${end} ${ended.stderr}`);
  }
});

test("a call at once on the thread of JavaScript asks there", async () => {
  const { native } = await import(new URL(`file://${process.env.TOCSIN_PACKAGE}/dist/raw.js`));
  const handle = native.desk_open(null, 0, null, null);
  const execute = (command) => native.desk_execute(handle, BigInt(at.getTime()) * 1000n, JSON.stringify({ actor: "host", ...command }), 0);
  execute({ command: "publish", workflows: [creditWorkflow] });
  execute({ command: "log_incident", title: "x", workflow: "credit" });
  const resolve = () => execute({ command: "resolve_incident", incident: 1, code: "settled", notes: "x" });
  let answer = 0;
  native.desk_set_guard(handle, () => answer);
  assert.throws(resolve, (error) => error.reason === "workflow.host_guard");
  answer = 1;
  resolve();
  for (const wrong of [[handle], [handle, 1], [null, null]]) assert.throws(() => native.desk_set_guard(...wrong), TypeError);
  native.desk_close(handle);
});
