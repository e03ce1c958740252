// The answer `public_status` as `statuspage.io`, a client of Statuspage's public API v2, reads it from a server of the host.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { Desk } from "./desk.mjs";

const require = createRequire(process.env.TOCSIN_PAGES_MODULES);
const { IncidentImpact, IncidentStatus, MaintenanceStatus, Statuspage } = require("statuspage.io");

let desk, summary, server, client;

// What each address of the API has of the summary.
function documents() {
  const { page, status, components, incidents, scheduled_maintenances } = summary;
  const at = (state) => scheduled_maintenances.filter((one) => one.status === state);
  return {
    "/api/v2/summary.json": summary,
    "/api/v2/status.json": { page, status },
    "/api/v2/components.json": { page, components },
    "/api/v2/incidents.json": { page, incidents },
    "/api/v2/incidents/unresolved.json": { page, incidents },
    "/api/v2/scheduled-maintenances.json": { page, scheduled_maintenances },
    "/api/v2/scheduled-maintenances/upcoming.json": { page, scheduled_maintenances: at("scheduled") },
    "/api/v2/scheduled-maintenances/active.json": { page, scheduled_maintenances: at("in_progress") },
  };
}

before(async () => {
  desk = new Desk(process.env.TOCSIN_SHELL);
  summary = desk.ask("public_status", { page: "main" });
  server = createServer((request, response) => {
    const found = documents()[request.url];
    response.writeHead(found ? 200 : 404, { "Content-Type": "application/json" }).end(JSON.stringify(found));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = new Statuspage("main");
  client.setApiUrl(`http://127.0.0.1:${server.address().port}`);
});

after(() => {
  server?.close();
  desk?.close();
});

// ---- the client's own interfaces, as tables: what it says is there, and of which type. Two things may be null here that it
// has as texts: `created_at` of a component whose beginning nobody said, and `url` with each `shortlink` of a page without one.

const text = (value) => typeof value === "string" && value !== "";
const number = Number.isInteger;
const flag = (value) => typeof value === "boolean";
const list = Array.isArray;
const moment = (value) => text(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value));
const date = (value) => text(value) && /^\d{4}-\d\d-\d\d$/.test(value);
const address = (value) => text(value) && URL.canParse(value);
const or_null = (of) => (value) => value === null || of(value);
const one_of = (choices) => (value) => Object.values(choices).includes(value);

const PAGE = { id: text, name: text, time_zone: text, updated_at: moment, url: address };
const STATUS = { indicator: one_of(IncidentImpact), description: text };
const COMPONENT = {
  created_at: or_null(moment), description: or_null(text), group: flag, group_id: or_null(text), id: text, name: text,
  only_show_if_degraded: flag, page_id: text, position: number, showcase: flag, start_date: or_null(date), status: text, updated_at: moment,
};
const UPDATE = {
  body: text, created_at: moment, display_at: moment, id: text, incident_id: text, status: one_of(IncidentStatus), updated_at: moment,
};
const INCIDENT = {
  created_at: moment, id: text, impact: one_of(IncidentImpact), incident_updates: list, monitoring_at: or_null(moment), name: text,
  page_id: text, resolved_at: or_null(moment), shortlink: address, status: one_of(IncidentStatus), updated_at: moment,
};
// The client gives maintenance the impacts of incidents; the API itself says `maintenance`.
const MAINTENANCE = {
  ...INCIDENT, impact: (value) => value === "maintenance", status: one_of(MaintenanceStatus), scheduled_for: moment, scheduled_until: moment,
};

function expect_shape(value, shape, where) {
  for (const [member, holds] of Object.entries(shape)) {
    assert.ok(holds(value[member]), `${where}.${member} is ${JSON.stringify(value[member])}`);
  }
}

function expect_shapes(values, shape, where) {
  assert.ok(values.length > 0, `${where} is empty`);
  values.forEach((value, i) => expect_shape(value, shape, `${where}[${i}]`));
}

test("the tables have every member that the client declares", () => {
  const declarations = readFileSync(require.resolve("statuspage.io/dist/interfaces/Result.d.ts"), "utf8");
  for (const [name, shape] of Object.entries({ Page: PAGE, Status: STATUS, Component: COMPONENT, Incident: INCIDENT, IncidentUpdate: UPDATE })) {
    const [, body] = declarations.match(new RegExp(`interface ${name} [^{]*\\{([^}]*)\\}`));
    const members = [...body.matchAll(/^\s+(\w+): [^{\n]*$/gm)].map((match) => match[1]);
    assert.deepEqual(Object.keys(shape).sort(), members.sort(), name);
  }
});

// ---- what the client reads

test("every address has the page", async () => {
  const { api } = client;
  const all = [
    api.getSummary(), api.getStatus(), api.getComponents(), api.incidents.getAll(), api.incidents.getUnresolved(),
    api.scheduledMaintenances.getAll(), api.scheduledMaintenances.getUpcoming(), api.scheduledMaintenances.getActive(),
  ];
  for (const { page } of await Promise.all(all)) {
    expect_shape(page, PAGE, "page");
    assert.equal(page.name, "Example");
  }
});

test("the status is the worst of all components", async () => {
  const { status } = await client.api.getStatus();
  expect_shape(status, STATUS, "status");
  assert.deepEqual(status, { indicator: "critical", description: "Major Service Outage" });
});

test("components follow from incidents, maintenance and what was set by hand; groups name theirs (R-C33, R-A13)", async () => {
  const { components } = await client.api.getComponents();
  expect_shapes(components, COMPONENT, "components");
  assert.deepEqual(Object.fromEntries(components.map(({ id, status }) => [id, status])), {
    "component:mail": "partial_outage", "component:wiki": "degraded_performance", "component:shop": "major_outage",
    "component:web": "operational", "component:files": "operational", "component:phone": "under_maintenance",
    "component:build": "partial_outage", "group:Office": "partial_outage",
  });
  const group = components.find((one) => one.group);
  assert.deepEqual(group.components, components.filter((one) => one.group_id === group.id).map((one) => one.id));
  assert.deepEqual(components.map((one) => one.position), components.map((_, i) => i + 1));
});

test("incidents that go on have their updates, the latest first", async () => {
  const { incidents } = await client.api.incidents.getUnresolved();
  expect_shapes(incidents, INCIDENT, "incidents");
  for (const one of incidents) {
    expect_shapes(one.incident_updates, UPDATE, `${one.id}.incident_updates`);
    expect_shapes(one.components, COMPONENT, `${one.id}.components`);
    assert.equal(one.incident_updates[0].status, one.status);
    assert.ok(one.incident_updates.every((said) => said.incident_id === one.id));
    assert.deepEqual(one.incident_updates.map((said) => said.created_at), one.incident_updates.map((said) => said.created_at).sort().reverse());
  }
  assert.deepEqual(incidents.map(({ id, status, impact }) => [id, status, impact]), [
    ["INC0000004", "investigating", "critical"], ["INC0000003", "monitoring", "minor"], ["INC0000002", "identified", "major"],
  ]);
});

test("maintenance is announced with its bounds", async () => {
  // This client asks `upcoming.json` whichever list it is asked for; what is under way, it reads in the summary.
  const { scheduled_maintenances: coming } = await client.api.scheduledMaintenances.getUpcoming();
  assert.deepEqual(coming.map((one) => one.name), ["Maintenance: Build"]);
  const { scheduled_maintenances: all } = await client.api.getSummary();
  expect_shapes(all, MAINTENANCE, "scheduled_maintenances");
  assert.deepEqual(all.map((one) => one.status), [MaintenanceStatus.InProgress, MaintenanceStatus.Scheduled]);
  assert.ok(all.every((one) => Date.parse(one.scheduled_for) < Date.parse(one.scheduled_until)));
});

test("nothing is told that nobody published", async () => {
  const told = JSON.stringify(await client.api.getSummary());
  for (const word of ["Ask ben", "Ben replaced", "carla", "Disks fill up"]) assert.ok(!told.includes(word), word);
});
