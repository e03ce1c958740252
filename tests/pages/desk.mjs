// A desk, made by the shell, whose pages have everything that a page can show.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const LONG_NAME = "a-host-whose-name-goes-on-for-longer-than-a-telephone-is-wide.rack-17.hall-4.example.org";
const MARKUP = `Wiki <script src="https://outside.test/x.js"></script> & "notes"`;

const COMPONENTS = [
  { key: "mail", name: "Mail", group: "Office", items: ["smtp", "imap"], description: "Sending and receiving" },
  { key: "wiki", name: MARKUP, group: "Office", items: ["wiki"] },
  { key: "shop", name: "Shop", items: ["shop"], since: "2026-10-01T00:00:00Z" },
  { key: "web", name: "Web", items: ["web"] },
  { key: "files", name: LONG_NAME, items: ["files"] },
  { key: "phone", name: "Phone", items: ["phone"] },
  { key: "build", name: "Build", items: ["build"] },
];

const published = {
  command: "publish", at: "2026-11-10T07:00:00Z",
  people: [{ key: "ana", name: "Ana Agent" }, { key: "ben", name: "Ben Agent" }, { key: "carla", name: "Carla Caller" }],
  teams: [{ key: "desk", name: "Service desk", members: ["ana", "ben"] }],
  configuration_items: ["smtp", "imap", "db", "web-1", "web-2", "wiki", "files"].map((key) => ({ key })),
  services: [
    { key: "shop", name: "Shop", depends_on: ["db"] },
    { key: "phone", name: "Phone" },
    { key: "build", name: "Build" },
    { key: "web", name: "Web", groups: [{ members: ["web-1", "web-2"], need: 1 }] },
  ],
  communication_policies: [{ key: "incident", audiences: [{ key: "public", visibility: "everyone", channels: ["status_page"] }] }],
  status_pages: [
    { key: "main", name: "Example", url: "https://status.example.org", components: COMPONENTS },
    { key: "quiet", name: "Quiet", components: [{ key: "lobby", name: "Lobby" }] },
  ],
};

const by = (actor, command, more) => ({ command, actor, ...more });

// An incident of which everyone is told, once for each stage.
function incident(number, title, items, stages) {
  const told = stages.map((stage, i) => [
    by("ana", "draft_update", {
      incident: number, audience: "public", title, known: `We know this:\n\t${stage} <now>`, impact: "Some wait", workaround: `Use ${LONG_NAME}`, stage }),
    by("ben", "approve_update", { incident: number, draft: i + 1 }),
    by("ana", "publish_update", { incident: number, draft: i + 1 }),
  ]);
  return [
    by("ana", "log_incident", { title: `${title} (${LONG_NAME})`, severity: "sev1", caller: "carla", assignee: "ben" }),
    by("ana", "set_affected_items", { incident: number, items }),
    ...told.flat(),
  ];
}

const incidents = [
  ...incident("INC0000001", "Files cannot be opened", [{ item: "files" }], ["investigating", "monitoring", "resolved"]),
  by("ben", "resolve_incident", { incident: "INC0000001", code: "fix", notes: "Ben replaced the disk" }),
  ...incident("INC0000002", "Mail cannot be sent", [{ item: "smtp" }, { item: "imap", how: "degraded" }], ["investigating", "identified"]),
  ...incident("INC0000003", "Wiki is slow", [{ item: "wiki", how: "degraded" }], ["monitoring"]),
  ...incident("INC0000004", "Shop is closed", [{ item: "db" }], ["investigating"]),
  ...incident("INC0000005", "One web server is gone", [{ item: "web-1" }], ["identified"]),
];

const planned = [
  by("ana", "schedule_maintenance", { key: "new-phones", from: "2026-11-23T11:00:00Z", to: "2026-11-23T20:00:00Z", services: ["phone"], reason: "Ask ben" }),
  by("ana", "schedule_maintenance", { key: "new-build", from: "2026-11-28T20:00:00Z", to: "2026-11-28T23:00:00Z", services: ["build"], reason: "Ask ben" }),
  by("ana", "override_component", { page: "main", component: "build", status: "partial_outage", until: "2026-11-24T09:00:00Z", reason: "Ask ben" }),
];

const reviewed = [
  by("ana", "log_problem", { title: "Disks fill up", incidents: ["INC0000001"] }),
  by("ana", "state_cause", { problem: "PRB0000001", text: "The disk was full" }),
  by("ana", "state_cause", { problem: "PRB0000001", text: "Logs were not rotated", explains: [{ cause: 1 }] }),
  by("ana", "decide_cause", { problem: "PRB0000001", cause: 1, status: "confirmed", reason: "df says 100 %" }),
  by("ana", "request_review", { incident: "INC0000001", reason: "It was close", owner: "ben", due_at: "2026-12-01T12:00:00Z" }),
  by("ben", "write_section", { review: "REV0000001", section: "summary", title: "Summary", text: `Ben saw ${LONG_NAME}\n\n<b>full</b>` }),
  by("ben", "add_action_item", { review: "REV0000001", text: `Rotate the logs of ${LONG_NAME}`, owner: "ana", due_at: "2026-12-10T12:00:00Z", priority: "high", verification: "No alarm for a week" }),
  by("ben", "add_action_item", { review: "REV0000001", text: "Watch the disks", owner: "carla", due_at: "2026-12-10T12:00:00Z" }),
];

// One command a minute, from eight o'clock on.
const timed = (commands) => commands.map((one, i) => ({ at: new Date(Date.UTC(2026, 10, 23, 8, i)).toISOString(), ...one }));

export class Desk {
  #folder = mkdtempSync(join(tmpdir(), "tocsin-pages-"));
  #shell;

  constructor(shell) {
    this.#shell = shell;
    const script = [published, ...timed([...incidents, ...planned, ...reviewed]), { advance: "2026-11-23T12:00:00Z" }];
    try {
      this.#run(["run", "--stop", "-"], script.map((line) => JSON.stringify(line)).join("\n"));
    } catch (refused) {
      this.close();
      throw refused;
    }
  }

  #run(words, input = "") {
    const path = join(this.#folder, "pages.desk");
    const options = ["--at", "2026-11-10T07:00:00Z", "--salt-seed", "00".repeat(32)];
    const { status, stdout, stderr, error } = spawnSync(this.#shell, [...options, path, ...words],
      { input, encoding: "utf8", maxBuffer: 64 << 20 });
    if (status !== 0) throw new Error(stderr || `the shell: ${error}`);
    return stdout;
  }

  ask(query, more = {}) {
    return JSON.parse(this.#run(["query", JSON.stringify({ query, ...more })]));
  }

  close() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
