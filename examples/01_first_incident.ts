// A desk in memory, one incident: the program of the main README, for Node.
import { open } from "tocsin";

const desk = await open();
const { record, events } = await desk.logIncident({
  title: "VPN is down",
  impact: "high",
  urgency: "high",
  at: new Date("2026-11-22T08:00:00Z"),
});
console.log(record?.number, events[0]?.event);
await desk.close();
