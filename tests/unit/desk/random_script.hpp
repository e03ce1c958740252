// Random commands for the office, from a seed: what people do to a few dozen incidents, and what they do wrong.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>

#include "office.hpp"

namespace office {

// SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere.
class dice {
 public:
  explicit dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t roll() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(roll() % static_cast<std::uint64_t>(bound));
  }
  bool chance(int percent) { return below(100) < percent; }
  std::string any(std::initializer_list<const char*> of) {
    return *(of.begin() + below(static_cast<std::int64_t>(of.size())));
  }

 private:
  std::uint64_t state_;
};

struct step {
  bool advance = false;
  std::int64_t at_us = 0;
  std::uint64_t limit = 0;  // of an advance
  json command;
};

class random_script {
 public:
  random_script(std::uint64_t seed, int incidents_max, bool rich)
      : dice_(seed), incidents_max_(incidents_max), rich_(rich) {}

  // What comes next on a desk whose clock shows this, whose next timer is due then, and that has so many incidents.
  step next(std::int64_t clock_us, std::int64_t next_due_us, int incidents) {
    step s;
    s.at_us = instant_after(clock_us, next_due_us);
    if (dice_.chance(8)) {
      s.advance = true;
      s.limit = dice_.chance(50) ? 0 : static_cast<std::uint64_t>(dice_.below(3)) + 1;
      return s;
    }
    s.command = {
        {"command", ""}, {"at", text_of({s.at_us})}, {"actor", dice_.any({"ana", "ben", "carla", "dora", "host"})}};
    if (dice_.chance(10)) s.command["idempotency_key"] = "key " + std::to_string(keys_++);
    if (incidents == 0 || (incidents < incidents_max_ && dice_.chance(12))) {
      log(s.command);
    } else if (rich_ && dice_.chance(6)) {
      something_rare(s.command, s.at_us, incidents);
    } else if (rich_ && dice_.chance(40)) {
      s.command["incident"] = number(1 + dice_.below(incidents));
      live(s.command, s.at_us, incidents);
    } else {
      s.command["incident"] = number(1 + dice_.below(incidents + (dice_.chance(2) ? 1 : 0)));
      act(s.command);
    }
    return s;
  }

 private:
  static constexpr std::int64_t second = 1'000'000;
  static constexpr std::int64_t hour = 3600 * second;
  static constexpr std::int64_t day = 24 * hour;

  static std::string number(std::int64_t n) {
    std::string digits = std::to_string(n);
    return "INC" + std::string(7 - digits.size(), '0') + digits;
  }

  std::int64_t instant_after(std::int64_t clock, std::int64_t next_due) {
    const std::int64_t kind = dice_.below(100);
    if (kind < 12) return clock;
    if (kind < 20 && next_due != INT64_MAX) return next_due;
    if (kind < 24 && next_due != INT64_MAX) return next_due + 1;
    if (kind < 30) return clock - dice_.below(61) * second;
    if (kind < 32) return clock - 60 * second - 1 - dice_.below(day);
    if (kind < 34) return clock + 31 * day + dice_.below(2);
    if (kind < 42) return clock + dice_.below(6 * day);
    return clock + dice_.below(3 * hour) / second * second;
  }

  void maybe(json& c, int percent, const char* member, std::initializer_list<const char*> of) {
    if (dice_.chance(percent)) c[member] = dice_.any(of);
  }

  void levels(json& c, int percent) {
    maybe(c, percent, "impact", {"high", "medium", "low"});
    maybe(c, percent, "urgency", {"high", "medium", "low"});
    maybe(c, percent / 3, "severity", {"sev1", "sev3", "sev5"});
  }

  void log(json& c) {
    c["command"] = "log_incident";
    c["title"] = "Incident " + std::to_string(titles_++);
    maybe(c, 70, "caller", {"carla", "dora"});
    maybe(c, 20, "team", {"desk", "net"});
    maybe(c, 15, "assignee", {"ana", "ben"});
    maybe(c, 40, "category", {"hardware", "disk"});
    maybe(c, 20, "description", {"It makes a noise", "Nothing works"});
    levels(c, 60);
    if (dice_.chance(5)) c["retrospective"] = true;
  }

  void act(json& c) {
    static constexpr const char* commands[] = {
        "classify_incident", "prioritise_incident", "assign_incident",  "acknowledge_incident",
        "begin_work",        "begin_work",          "add_note",         "add_update",
        "add_reply",         "hold_incident",       "hold_incident",    "resume_incident",
        "resolve_incident",  "resolve_incident",    "resolve_incident", "confirm_resolution",
        "refuse_resolution", "close_incident",      "reopen_incident",  "reopen_incident",
        "cancel_incident",   "amend_incident"};
    // A cancelled incident is a dull one.
    std::string name;
    do name = commands[dice_.below(static_cast<std::int64_t>(std::size(commands)))];
    while (name == "cancel_incident" && !dice_.chance(15));
    c["command"] = name;
    if (name == "classify_incident") maybe(c, 90, "category", {"hardware", "disk"});
    if (name == "prioritise_incident") {
      levels(c, 50);
      maybe(c, 25, "override_with", {"critical", "high", "planning"});
      if (dice_.chance(25)) c["end_override"] = true;
      maybe(c, 70, "reason", {"The board is here", "They asked"});
    }
    if (name == "assign_incident") {
      maybe(c, 70, "team", {"desk", "net"});
      maybe(c, 50, "assignee", {"ana", "ben"});
    }
    if (name == "add_note" || name == "add_update" || name == "add_reply")
      c["text"] = "Text " + std::to_string(titles_++);
    if (name == "add_update") maybe(c, 70, "visibility", {"internal", "requester", "stakeholder", "everyone"});
    if (name == "hold_incident")
      c["reason"] = dice_.any({"awaiting_caller", "awaiting_caller", "awaiting_change", "awaiting_vendor"});
    if (name == "resolve_incident") {
      c["code"] = dice_.any({"fix", "workaround", "duplicate"});
      c["notes"] = "Done";
      if (dice_.chance(50)) c["permanent"] = true;
    }
    if (name == "refuse_resolution" || name == "reopen_incident" || name == "cancel_incident") c["reason"] = "Because";
    if (name == "amend_incident") {
      c["reason"] = "Review";
      maybe(c, 60, "title", {"Another title", "A third title"});
      maybe(c, 40, "severity", {"sev2", "sev4"});
      maybe(c, 30, "resolution_code", {"known_error", "user_error"});
    }
  }

  // Tasks, links, waits, and what belongs to a record.
  void live(json& c, std::int64_t at_us, int incidents) {
    static constexpr const char* commands[] = {
        "add_task",       "add_task",          "add_task",       "change_task",       "begin_task",
        "complete_task",  "complete_task",     "skip_task",      "link_records",      "link_records",
        "link_records",   "unlink_records",    "mark_duplicate", "convert_record",    "verify_resolution",
        "add_attachment", "remove_attachment", "log_work",       "restrict_incident", "lift_restriction",
        "hold_incident"};
    const std::string name = commands[dice_.below(static_cast<std::int64_t>(std::size(commands)))];
    c["command"] = name;
    const auto other = [&] { return number(1 + dice_.below(incidents)); };
    const auto some_task = [&] { return 1 + dice_.below(4); };
    const auto soon = [&] { return text_of({at_us + dice_.below(3 * day) + 1}); };
    if (name == "add_task") {
      c["title"] = "Task " + std::to_string(titles_++);
      maybe(c, 50, "owner", {"ana", "ben"});
      maybe(c, 30, "description", {"As Carla said", "With care"});
      if (dice_.chance(50)) c["due_at"] = soon();
      if (dice_.chance(20)) c["blocking"] = true;
      if (dice_.chance(40)) c["depends_on"] = {some_task()};
    } else if (name == "change_task") {
      c["task"] = some_task();
      if (dice_.chance(50)) c["due_at"] = soon();
      if (dice_.chance(50)) c["depends_on"] = {some_task(), some_task() + 1};
    } else if (name == "begin_task" || name == "complete_task" || name == "skip_task") {
      c["task"] = some_task();
      if (name == "skip_task") c["reason"] = "Not needed";
    } else if (name == "link_records" || name == "unlink_records") {
      c["kind"] = dice_.any({"parent_of", "parent_of", "child_of", "caused_by", "blocks", "related", "has_duplicate"});
      c["other"] = other();
    } else if (name == "mark_duplicate") {
      c["of"] = other();
    } else if (name == "convert_record") {
      maybe(c, 60, "type", {"request"});
      c["reason"] = "It is another thing";
    } else if (name == "verify_resolution") {
      c["passed"] = dice_.chance(60);
    } else if (name == "add_attachment") {
      c["name"] = "carla.png";
      c["media_type"] = "image/png";
      c["sha256"] = std::string(64, dice_.chance(50) ? '0' : 'f');
    } else if (name == "remove_attachment") {
      c["attachment"] = some_task();
    } else if (name == "log_work") {
      c["spent"] = dice_.any({"PT5M", "PT1H"});
    } else if (name == "restrict_incident") {
      c["people"] = {dice_.any({"ana", "ben"})};
      c["reason"] = "Staff";
    } else if (name == "hold_incident") {
      c["reason"] = dice_.any({"awaiting_caller", "awaiting_vendor"});
      if (dice_.chance(70)) c["follow_up_at"] = soon();
    }
  }

  void something_rare(json& c, std::int64_t at_us, int incidents) {
    const std::int64_t kind = dice_.below(3);
    if (kind == 0) {
      c["command"] = "publish";
      c["teams"] = {{{"key", "net"}, {"name", "Name " + std::to_string(titles_++)}, {"members", {"ben"}}}};
    } else if (kind == 1) {
      c["command"] = "erase_personal";
      c["record"] = number(1 + dice_.below(incidents));
      c["reason"] = "On request";
    } else {
      c["command"] = "import_record";
      c["title"] = "Import " + std::to_string(titles_++);
      c["caller"] = "dora";
      const auto ago = [&](std::int64_t days) { return text_of({at_us - days * day}); };
      c["history"] = {{{"at", ago(40)},
                       {"actor", "ana"},
                       {"state", "new"},
                       {"team", "desk"},
                       {"impact", "high"},
                       {"urgency", "low"}},
                      {{"at", ago(39)},
                       {"actor", "ben"},
                       {"state", "on_hold"},
                       {"hold_reason", "awaiting_vendor"},
                       {"note", "Called them"}},
                      {{"at", ago(30)}, {"actor", "ben"}, {"state", "in_progress"}, {"reply", "It came"}}};
      if (dice_.chance(60))
        c["history"].push_back(
            {{"at", ago(dice_.below(10) + 1)}, {"actor", "ben"}, {"state", "resolved"}, {"resolution_code", "fix"}});
    }
  }

  dice dice_;
  int incidents_max_;
  bool rich_;
  std::uint64_t keys_ = 0;
  std::uint64_t titles_ = 0;
};

// What a step does to a desk; false where it is refused.
inline bool take(tocsin::desk& d, const step& s) {
  try {
    if (s.advance) {
      d.advance({s.at_us}, s.limit);
    } else {
      tocsin::execute_document(d, s.command.dump(), {});
    }
    return true;
  } catch (const tocsin::error&) {
    return false;
  }
}

inline step next_step(random_script& script, const tocsin::desk& d) {
  return script.next(d.state().counters.clock.us, d.next_due().us, static_cast<int>(d.state().counters.last_id));
}

// Plays so many steps on the desk, those that are refused among them, and calls `after` with the number of each.
template <class After>
void play(tocsin::desk& d, random_script script, int steps, After after) {
  for (int i = 0; i < steps; ++i) {
    const int incidents = static_cast<int>(d.state().counters.last_number);
    const step next = script.next(d.state().counters.clock.us, d.next_due().us, incidents);
    refusal_of([&] {
      if (next.advance) {
        d.advance({next.at_us}, next.limit);
      } else {
        tell(d, next.command);
      }
    });
    after(i);
  }
}

}  // namespace office
