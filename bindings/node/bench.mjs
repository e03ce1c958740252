#!/usr/bin/env node
// Measures what the binding costs: a call, a command, and a list as typed rows against the same list as JSON, in one run.
//
//     TOCSIN_PACKAGE=build/release/node node bindings/node/bench.mjs [INCIDENTS]
//
// Goal: typed rows at least five times as fast as JSON. Exit code 1: the goal is missed.
import { resolve } from "node:path";

process.env.TOCSIN_PACKAGE = resolve(process.env.TOCSIN_PACKAGE ?? "build/dev/node");
const { tocsin } = await import("./test/package.mjs");

const FIELDS = ["id", "number", "opened_at", "updated_at", "resolved_at", "closed_at", "version", "reopen_count",
  "reassignment_count", "state_kind", "priority", "severity"];
const GOAL = 5;
const START = Date.parse("2026-01-01T00:00:00Z");
const incidents = Number(process.argv[2] ?? 20_000);

// Nanoseconds of the fastest round.
async function best(work, rounds = 5) {
  let least = Infinity;
  for (let i = 0; i < rounds; ++i) {
    const begun = process.hrtime.bigint();
    await work();
    least = Math.min(least, Number(process.hrtime.bigint() - begun));
  }
  return least;
}

const perCall = async (work, calls) => (await best(async () => { for (let i = 0; i < calls; ++i) await work(); })) / calls;

async function pages(desk, fields) {
  let cursor;
  let count = 0;
  do {
    const page = JSON.parse(await desk.queryJson(JSON.stringify({ query: "find", limit: 10_000, cursor, fields })));
    count += page.records.length;
    cursor = page.cursor;
  } while (cursor);
  return count;
}

const desk = await tocsin.open();
for (let first = 0; first < incidents; first += 1000) {
  const batch = desk.batch({ at: new Date(START + first * 60_000) });
  for (let i = first; i < Math.min(first + 1000, incidents); ++i) batch.logIncident({ title: `Incident ${i}`, impact: i % 3 ? "high" : "low", urgency: "high" });
  await batch.commit();
}

const lists = {
  "JSON, all fields, JSON.parse": () => pages(desk),
  "JSON, the fields of a row, JSON.parse": () => pages(desk, FIELDS),
  "desk.incidents(), a column": async () => (await desk.incidents()).column("priority"),
  "desk.incidents(), objects": async () => [...(await desk.incidents())],
};
const found = {};
for (const [name, way] of Object.entries(lists)) found[name] = (await best(way)) / incidents;

const at = new Date(START + incidents * 60_000);
const calls = {
  "desk.nextDue()": [() => desk.nextDue(), 5000],
  "desk.head(), on a thread": [() => desk.head(), 5000],
  "desk.get({ incident: 1 })": [() => desk.get({ incident: 1 }), 2000],
  "desk.logIncident(...), one commit each": [() => desk.logIncident({ title: "One more", at }), 500],
};
for (const [name, [work, count]] of Object.entries(calls)) console.log(name.padEnd(44), ((await perCall(work, count)) / 1000).toFixed(2).padStart(10), "us a call");
for (const [name, ns] of Object.entries(found)) console.log(name.padEnd(44), ns.toFixed(0).padStart(10), "ns a row");
const ratio = found["JSON, the fields of a row, JSON.parse"] / found["desk.incidents(), a column"];
console.log(`typed rows are ${ratio.toFixed(1)} times as fast as JSON of the same fields (goal: ${GOAL})`);
await desk.close();
process.exitCode = ratio >= GOAL ? 0 : 1;
