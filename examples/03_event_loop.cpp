// A desk in an event loop: sleep until something is due, advance, send what lies in the outbox. Patience is a second here, so
// that it is soon over; a person who is paged second acknowledges at once.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <thread>

#include <tocsin.hpp>

namespace {

using clock = std::chrono::system_clock;

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(clock::now().time_since_epoch()).count();
}

void sleep_until(std::int64_t us) { std::this_thread::sleep_for(std::chrono::microseconds(us - now_us())); }

// What lies in the outbox; a host parses it with a JSON library of its own, and sends it.
bool pages(tocsin::client::desk& desk, const char* person) {
  const std::string effects = desk.take_effects("pager");
  if (effects != "[]") std::puts(effects.c_str());
  return effects.find("\"person\":\"" + std::string(person) + "\"") != std::string::npos;
}

}  // namespace

int main() {
  tocsin::client::desk desk;
  desk.execute(R"([
    {"command": "publish", "actor": "host", "people": [{"key": "ana"}, {"key": "ben"}],
     "escalation_policies": [{"key": "night", "steps": [
       {"targets": [{"kind": "person", "key": "ana"}], "delay": "PT1S"},
       {"targets": [{"kind": "person", "key": "ben"}], "delay": "PT5M"}]}]},
    {"command": "log_incident", "actor": "host", "title": "Mail is down", "severity": "sev1"},
    {"command": "start_escalation", "actor": "host", "incident": "INC0000001", "policy": "night"}])",
               now_us(), TOCSIN_EXECUTE_ATOMIC);

  for (int turn = 0; turn < 20; ++turn) {
    if (pages(desk, "ben")) {
      desk.execute(R"({"command": "acknowledge_page", "actor": "ben", "incident": "INC0000001"})", now_us());
      break;
    }
    const std::int64_t due = desk.next_due();
    if (due == TOCSIN_NEVER) break;  // a host would wait for the next command here
    sleep_until(due);
    desk.advance(now_us());
  }

  const std::string record = desk.query(R"({"query": "get", "incident": "INC0000001"})");
  const bool taken = record.find(R"("acknowledged_by":"ben")") != std::string::npos;
  std::puts(taken ? "Ben has it" : "nobody has it");
  return taken ? 0 : 1;
}
