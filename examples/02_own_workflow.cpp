// A workflow of one's own, published as JSON, and an incident driven through it, past a guard that says no.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <tocsin.hpp>

namespace {

// A fault in a lift: nobody closes it before it was inspected, and it is taken back if it breaks within a month.
constexpr const char* definitions = R"({
  "command": "publish", "at": "2026-11-23T08:00:00Z", "actor": "host",
  "people": [{"key": "tom", "name": "Tom"}],
  "custom_fields": [{"key": "inspected", "name": "Inspected", "kind": "boolean", "types": ["lift_fault"]}],
  "workflows": [{
    "key": "lift", "name": "Fault in a lift",
    "states": [
      {"name": "reported", "kind": "new", "initial": true},
      {"name": "under_repair", "kind": "in_progress"},
      {"name": "repaired", "kind": "resolved"},
      {"name": "closed", "kind": "closed"},
      {"name": "withdrawn", "kind": "cancelled"}],
    "transitions": [
      {"verb": "begin_work", "from": ["reported"], "to": "under_repair"},
      {"verb": "resolve", "from": ["under_repair"], "to": "repaired",
       "guards": [{"condition": {"var": "custom.inspected"}, "says": "the lift has been inspected"}]},
      {"verb": "close", "from": ["repaired"], "to": "closed"},
      {"verb": "reopen", "from": ["repaired"], "to": "under_repair"},
      {"verb": "cancel", "from": ["reported"], "to": "withdrawn"}],
    "resolution_codes": ["repaired", "replaced"],
    "reopen_window": "P30D"}],
  "record_types": [{"key": "lift_fault", "name": "Lift", "base": "incident", "number_prefix": "LFT", "workflow": "lift"}]
})";

constexpr const char* resolve =
    R"({"command": "resolve_incident", "at": "2026-11-23T10:00:00Z", "actor": "tom", "incident": "LFT0000001",
        "code": "repaired", "notes": "New fuse"})";

void demand(bool held, const char* what) {
  if (held) return;
  std::fprintf(stderr, "it does not hold: %s\n", what);
  std::exit(1);
}

}  // namespace

int main() {
  tocsin::client::desk desk;
  desk.execute(definitions);
  desk.execute(
      R"({"command": "log_incident", "at": "2026-11-23T08:00:00Z", "actor": "host", "type": "lift_fault",
          "title": "Lift 2 stands still"})");
  desk.execute(R"({"command": "begin_work", "at": "2026-11-23T08:20:00Z", "actor": "tom", "incident": "LFT0000001"})");

  try {
    desk.execute(resolve);
    demand(false, "nobody inspected the lift");
  } catch (const tocsin::client::failure& refusal) {
    demand(refusal.status() == TOCSIN_FAILED_PRECONDITION, "a guard refused");
    std::printf("Not yet: %s\n%s\n", refusal.message(), refusal.detail());
  }

  desk.execute(
      R"({"command": "set_custom_fields", "at": "2026-11-23T10:00:00Z", "actor": "tom", "incident": "LFT0000001",
          "custom": {"inspected": true}})");
  desk.execute(resolve);

  const std::string record = desk.query(R"({"query": "get", "incident": "LFT0000001"})");
  std::puts(record.c_str());
  demand(record.find(R"("state":"repaired")") != std::string::npos, "the lift is repaired");
  return 0;
}
