import assert from "node:assert/strict";
import { test } from "node:test";

import { tocsin } from "./package.mjs";

const { Calendar, Duration } = tocsin;
const office = () => new Calendar({
  key: "office", zone: "Europe/Berlin",
  weekly: [{ days: ["monday", "tuesday", "wednesday", "thursday", "friday"], start: "09:00", end: "17:00" }],
});
const friday = new Date("2026-11-20T14:30:00Z");
const closing = new Date("2026-11-20T16:00:00Z");
const monday = new Date("2026-11-23T08:00:00Z");
const same = (found, expected) => assert.equal(found?.getTime(), expected.getTime());

test("one question at a time", () => {
  const calendar = office();
  assert.equal(String(calendar.elapsed(friday, new Date("2026-11-23T09:00:00Z"))), "PT2H30M");
  same(calendar.add(friday, Duration.of({ hours: 2 })), new Date("2026-11-23T08:30:00Z"));
  same(calendar.subtract(monday, Duration.of({ hours: 1 })), new Date("2026-11-20T15:00:00Z"));
  same(calendar.nextOpen(closing), monday);
  same(calendar.nextClose(friday), closing);
  same(calendar.previousClose(monday), closing);
  same(calendar.addBusinessDays(friday, 1), new Date("2026-11-23T14:30:00Z"));
  same(calendar.endOfBusinessDay(friday, 0), closing);
  assert.ok(calendar.isOpen(friday) && !calendar.isOpen(closing));
});

test("many at once are the same one by one", () => {
  const calendar = office();
  const at = Array.from({ length: 50 }, (_, i) => new Date(friday.getTime() + i * 3_600_000));
  const span = at.map((_, i) => Duration.of({ minutes: 20 * i }));
  assert.deepEqual(calendar.addEach(at, span), at.map((one, i) => calendar.add(one, span[i])));
  assert.throws(() => calendar.addEach(at, span.slice(1)), RangeError);
  assert.deepEqual(calendar.elapsedEach([], []), []);
});

test("what never comes is undefined, what is wrong is refused, what is closed says so", () => {
  const closed = new Calendar({ key: "closed", zone: "UTC", weekly: [] });
  assert.equal(closed.nextOpen(friday), undefined);
  closed[Symbol.dispose]();
  closed.close();
  assert.throws(() => closed.nextOpen(friday), /the calendar is closed/);
  assert.throws(() => new Calendar({ key: "x" }), (error) => error.status === "invalid_argument");
  assert.throws(() => office().nextOpen(new Date(NaN)), TypeError);
});

test("local clocks, duty, escalation, monitoring, vocabulary", () => {
  same(tocsin.localToInstant("Europe/Berlin", "2026-11-23T09:00").instant, monday);
  assert.equal(tocsin.localToInstant("Europe/Berlin", "2026-03-29T02:30:00").kind, "skipped");
  assert.equal(tocsin.instantToLocal("Europe/Berlin", monday), "2026-11-23T09:00:00");
  assert.throws(() => tocsin.localToInstant("Europe/Berlin", "2026-11-23T09:00:00Z"), TypeError);
  const rotation = { define: "rotation", key: "primary", type: "weekly", zone: "UTC", start: "2026-11-02T08:00",
    participants: [{ people: ["ann"] }, { people: ["bob"] }] };
  const [answer] = tocsin.oncallAnswer([{ operation: "who", rotation: "primary", at: new Date("2026-11-10T00:00:00Z") }], [rotation]);
  assert.match(JSON.stringify(answer), /bob/);
  const policy = { define: "escalation_policy", key: "p", steps: [{ targets: [{ kind: "person", key: "ann" }], delay: Duration.of({ minutes: 5 }) }] };
  assert.match(JSON.stringify(tocsin.escalationAnswer([{ operation: "simulate", policy: "p", opened_at: monday }], [policy])), /ann/);
  const graph = [{ define: "service", key: "shop", depends_on: ["db"] }, { define: "configuration_item", key: "db" }];
  assert.equal(tocsin.impactAnswer([{ operation: "impact", failed: ["db"] }], graph)[0].items.length, 2);
  const alert = { version: "4", alerts: [{ status: "firing", fingerprint: "f1", labels: { alertname: "DiskFull" }, startsAt: monday }] };
  assert.equal(tocsin.intakeCommands("alertmanager", alert)[0].command, "report_event");
  assert.equal(tocsin.schema("log_incident").title, "log_incident");
  assert.ok(tocsin.catalogue().commands.length > 60);
  assert.match(tocsin.libraryVersion(), /^\d+\.\d+\.\d+$/);
  const feed = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  assert.equal(tocsin.importHolidays(feed).holidays[0].name, "Christmas");
});
