// The plain interpreter: what docs/rules.md says of an incident's life (T1, D1, D2, D4-D6, L1-L6), written down once more with
// maps and texts, as slow and as obvious as can be, and held against the engine under random commands. It shares no line
// with the engine.
#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <set>

#include "conformance/runner.hpp"
#include "random_script.hpp"

namespace {

using office::json;
using texts = std::map<std::string, std::string>;

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t day = 1440 * minute;

const std::set<std::string> open_states = {"new", "assigned", "in_progress", "on_hold"};
const std::set<std::string> final_states = {"closed", "cancelled"};

// What is refused, whatever the reason.
struct refused {};

void demand(bool condition) {
  if (!condition) throw refused{};
}

std::string matrix(const std::string& impact, const std::string& urgency) {
  static const std::map<std::string, std::string> cells = {
      {"high high", "critical"}, {"high medium", "high"},       {"high low", "moderate"},
      {"medium high", "high"},   {"medium medium", "moderate"}, {"medium low", "low"},
      {"low high", "moderate"},  {"low medium", "low"},         {"low low", "low"}};
  const auto cell = cells.find(impact + " " + urgency);
  return cell == cells.end() ? "" : cell->second;
}

// An incident: texts by name ("" is none), instants by name (not there: not set), counts by name.
struct plain_incident {
  texts text;
  std::map<std::string, std::int64_t> when;
  std::map<std::string, std::int64_t> count;

  bool has(const std::string& instant) const { return when.contains(instant); }
};

class plain_desk {
 public:
  explicit plain_desk(std::int64_t clock) : clock_(clock) {}

  std::int64_t clock() const { return clock_; }
  const std::vector<plain_incident>& incidents() const { return incidents_; }

  // (D6) By instant, then by number.
  std::vector<std::pair<std::int64_t, std::size_t>> timers() const {
    std::vector<std::pair<std::int64_t, std::size_t>> all;
    for (std::size_t i = 0; i < incidents_.size(); ++i) {
      if (incidents_[i].has("auto_close_at")) all.emplace_back(incidents_[i].when.at("auto_close_at"), i + 1);
    }
    std::ranges::sort(all);
    return all;
  }

  std::int64_t next_due() const { return timers().empty() ? INT64_MAX : timers().front().first; }

  // Answers whether it is accepted.
  bool execute(const json& command, std::int64_t at) {
    try {
      // A number that nothing has cannot even be read; the desk does not get to see such a command.
      if (command.contains("incident")) demand(index_of(command) < incidents_.size());
      check_instant(at);
      while (next_due() < at) fire();  // (D2) strictly before, and also when the command is then refused
      const std::vector<plain_incident> before = incidents_;
      try {
        obey(command, at);
      } catch (const refused&) {
        incidents_ = before;
        throw;
      }
      note_states(before);
      clock_ = std::max(clock_, at);
      return true;
    } catch (const refused&) {
      return false;
    }
  }

  std::optional<std::pair<std::uint64_t, bool>> advance(std::int64_t now, std::uint64_t limit) {
    try {
      check_instant(now);
    } catch (const refused&) {
      return std::nullopt;
    }
    std::uint64_t fired = 0;
    for (; next_due() <= now && (limit == 0 || fired < limit); ++fired) fire();  // (D2) up to and including
    const bool more = next_due() <= now;
    if (!more) clock_ = std::max(clock_, now);
    return std::pair(fired, more);
  }

 private:
  static std::size_t index_of(const json& command) {
    return static_cast<std::size_t>(std::stoul(command.at("incident").get<std::string>().substr(3))) - 1;
  }

  // (D1, D2)
  void check_instant(std::int64_t at) const {
    demand(at >= clock_ - minute);
    demand(at <= clock_ + 31 * day);
  }

  void note_states(const std::vector<plain_incident>& before) {
    for (std::size_t i = 0; i < incidents_.size(); ++i) {
      plain_incident& r = incidents_[i];
      if (i >= before.size() || before[i].text.at("state") != r.text.at("state")) {
        r.when["state_since"] = r.when.at("updated_at");
      }
    }
  }

  // (L5) Silence closes.
  void fire() {
    const auto [due, number] = timers().front();
    plain_incident& r = incidents_[number - 1];
    clock_ = std::max(clock_, due);
    const std::int64_t at = touch(r, due);
    close(r, at);
    r.when["state_since"] = at;
  }

  // An entry touches the record; answers the instant that counts: what was said, but not before what is known of it.
  static std::int64_t touch(plain_incident& r, std::int64_t at) {
    ++r.count["version"];
    const std::int64_t effective = r.has("updated_at") ? std::max(at, r.when["updated_at"]) : at;
    return r.when["updated_at"] = effective;
  }

  static std::string text(const json& command, const char* member) { return command.value(member, std::string()); }

  void obey(const json& c, std::int64_t at) {
    const std::string name = c.at("command");
    if (name == "log_incident") return log(c, at);
    plain_incident& r = incidents_[index_of(c)];
    if (name == "reopen_incident" && r.text["state"] == "closed") return follow(index_of(c), c, at);
    const std::string state = r.text["state"];
    const std::int64_t now = touch(r, at);

    if (name == "classify_incident") {
      demand(!final_states.contains(state));
      demand(c.contains("category"));
      r.text["category"] = text(c, "category");
    } else if (name == "prioritise_incident") {
      prioritise(r, c);
    } else if (name == "assign_incident") {
      demand(open_states.contains(state));
      demand(c.contains("team") || c.contains("assignee"));
      const std::string team = c.contains("team") ? text(c, "team") : r.text["team"];
      demand(team != r.text["team"] || text(c, "assignee") != r.text["assignee"]);
      if (!r.text["team"].empty() && team != r.text["team"]) ++r.count["reassignment_count"];
      r.text["team"] = team;
      r.text["assignee"] = text(c, "assignee");
      if (state == "new") r.text["state"] = "assigned";
    } else if (name == "acknowledge_incident") {
      demand(open_states.contains(state) && !r.has("acknowledged_at"));
      r.when["acknowledged_at"] = now;
      r.text["acknowledged_by"] = text(c, "actor");
    } else if (name == "begin_work") {
      demand(state == "new" || state == "assigned");
      if (r.text["assignee"].empty() && text(c, "actor") != "host") r.text["assignee"] = text(c, "actor");
      r.when.emplace("work_begun_at", now);
      r.when.emplace("first_response_at", now);
      r.text["state"] = "in_progress";
    } else if (name == "add_note") {
      demand(!final_states.contains(state));
      ++r.count["note_count"];
    } else if (name == "add_update") {
      demand(!final_states.contains(state));
      ++r.count["update_count"];
      const std::string seen_by = c.contains("visibility") ? text(c, "visibility") : "requester";
      const bool reaches_requester = seen_by == "requester" || seen_by == "everyone";
      if (reaches_requester && text(c, "actor") != r.text["caller"]) r.when.emplace("first_response_at", now);
    } else if (name == "add_reply") {
      demand(!final_states.contains(state));
      ++r.count["reply_count"];
      r.when.erase("auto_close_at");                                                         // (L5)
      if (state == "on_hold" && r.text["hold_reason"] == "awaiting_caller") resume(r, now);  // (L3)
    } else if (name == "hold_incident") {
      demand(open_states.contains(state));
      demand(state != "on_hold" || r.text["hold_reason"] != text(c, "reason"));
      const std::string from = state == "on_hold" ? r.text["held_from"] : state;
      end_hold(r, now);
      ++r.count["hold_count"];
      r.text["state"] = "on_hold";
      r.text["hold_reason"] = text(c, "reason");
      r.text["held_from"] = from;
      r.when["held_since"] = now;
    } else if (name == "resume_incident") {
      demand(state == "on_hold");
      resume(r, now);
    } else if (name == "resolve_incident") {
      demand(open_states.contains(state));
      end_hold(r, now);
      r.text["state"] = "resolved";
      r.text["resolution_code"] = text(c, "code");
      r.text["permanent"] = c.value("permanent", false) ? "true" : "";
      r.text["resolved_by"] = text(c, "actor");
      r.when["resolved_at"] = now;
      r.when["auto_close_at"] = now + 5 * day;
    } else if (name == "confirm_resolution") {
      demand(state == "resolved");
      r.text["confirmed"] = "true";
      close(r, now);
    } else if (name == "close_incident") {
      demand(state == "resolved");
      close(r, now);
    } else if (name == "refuse_resolution" || name == "reopen_incident") {
      demand(state == "resolved");
      demand(at < r.when["resolved_at"] + 14 * day);  // half-open (T1)
      reopen(r);
    } else if (name == "cancel_incident") {
      demand(open_states.contains(state));
      end_hold(r, now);
      r.text["state"] = "cancelled";
      r.when["cancelled_at"] = now;
    } else if (name == "amend_incident") {
      demand(c.contains("title") || c.contains("severity") || c.contains("resolution_code"));
      for (const char* member : {"title", "severity", "resolution_code"}) {
        if (c.contains(member)) r.text[member] = text(c, member);
      }
    } else {
      FAIL("the plain interpreter does not know " << name);
    }
  }

  void log(const json& c, std::int64_t at) {
    plain_incident r;
    for (const char* member : {"title", "caller", "category", "impact", "urgency", "severity", "team", "assignee"})
      r.text[member] = text(c, member);
    r.text["retrospective"] = c.value("retrospective", false) ? "true" : "";
    r.text["state"] = c.contains("team") || c.contains("assignee") ? "assigned" : "new";
    begin(std::move(r), at);
  }

  void begin(plain_incident r, std::int64_t at) {
    r.text["priority"] = matrix(r.text["impact"], r.text["urgency"]);
    r.when["opened_at"] = r.when["recorded_at"] = std::max(clock_, at);    // (S2)
    r.count["number"] = static_cast<std::int64_t>(incidents_.size()) + 1;  // (D4)
    touch(r, r.when["opened_at"]);
    incidents_.push_back(std::move(r));
  }

  // (L5) After closing, a new linked incident is made from the old one.
  void follow(std::size_t old, const json& c, std::int64_t at) {
    plain_incident r;
    for (const char* member : {"title", "caller", "category", "impact", "urgency", "severity"})
      r.text[member] = incidents_[old].text[member];
    r.text["reporter"] = text(c, "actor");
    r.text["state"] = "new";
    r.text["follows"] = c.at("incident");
    begin(std::move(r), at);
  }

  // (L6)
  static void prioritise(plain_incident& r, const json& c) {
    demand(!final_states.contains(r.text["state"]));
    const bool override = c.contains("override_with");
    const bool end = c.value("end_override", false);
    demand(override || end || c.contains("impact") || c.contains("urgency") || c.contains("severity"));
    demand(!override || (c.contains("reason") && !end));
    demand(!end || r.text["priority_overridden"] == "true");
    for (const char* member : {"impact", "urgency", "severity"}) {
      if (c.contains(member)) r.text[member] = text(c, member);
    }
    if (override) {
      r.text["priority"] = text(c, "override_with");
      r.text["priority_overridden"] = "true";
    } else if (end || r.text["priority_overridden"].empty()) {
      r.text["priority"] = matrix(r.text["impact"], r.text["urgency"]);
      r.text["priority_overridden"] = "";
    }
  }

  static void end_hold(plain_incident& r, std::int64_t now) {
    if (!r.has("held_since")) return;
    r.count["held_time"] += now - r.when["held_since"];
    r.when.erase("held_since");
    r.text["hold_reason"] = r.text["held_from"] = "";
  }

  // (L3) Back to the state before the hold.
  static void resume(plain_incident& r, std::int64_t now) {
    r.text["state"] = r.text["held_from"];
    end_hold(r, now);
  }

  static void close(plain_incident& r, std::int64_t now) {
    r.text["state"] = "closed";
    r.when["closed_at"] = now;
    r.when.erase("auto_close_at");  // (D5)
  }

  // (L1) In Progress; Assigned or New if nobody had begun.
  static void reopen(plain_incident& r) {
    const bool given = !r.text["team"].empty() || !r.text["assignee"].empty();
    r.text["state"] = r.has("work_begun_at") ? "in_progress" : given ? "assigned" : "new";
    ++r.count["reopen_count"];
    for (const char* gone : {"resolution_code", "resolved_by", "permanent", "confirmed"}) r.text[gone] = "";
    r.when.erase("resolved_at");
    r.when.erase("auto_close_at");
  }

  std::int64_t clock_;
  std::vector<plain_incident> incidents_;
};

// ---- both, as maps of texts

texts seen(const plain_incident& r) {
  texts all;
  for (const auto& [name, value] : r.text) {
    if (!value.empty()) all[name] = value;
  }
  for (const auto& [name, value] : r.when) all[name] = std::to_string(value);
  for (const auto& [name, value] : r.count) {
    if (value != 0) all[name] = std::to_string(value);
  }
  return all;
}

// What the plain interpreter does not model: what follows from the rest, or is tested elsewhere.
const std::set<std::string> left_out = {"id",       "last_entry",       "state_kind",  "priority_matrix_version",
                                        "workflow", "workflow_version", "description", "resolution_notes"};

texts seen(const tocsin::desk& d, const tocsin::incident& r) {
  texts all;
  const json picture = office::picture_of(d, r);
  for (const auto& [name, value] : picture.items()) {
    if (left_out.contains(name)) continue;
    const bool is_instant = name.ends_with("_at") || name.ends_with("_since");
    if (value == false || value == 0) continue;
    all[name] = is_instant          ? std::to_string(conformance::microseconds_of(value))
                : value.is_string() ? value.get<std::string>()
                                    : value.dump();
  }
  if (r.held_time.us != 0) all["held_time"] = std::to_string(r.held_time.us);
  return all;
}

std::string difference(const texts& plain, const texts& engine) {
  std::string all;
  for (const auto& [name, value] : plain) {
    const auto found = engine.find(name);
    if (found == engine.end() || found->second != value)
      all += name + ": plain " + value + ", engine " + (found == engine.end() ? "nothing" : found->second) + "; ";
  }
  for (const auto& [name, value] : engine) {
    if (!plain.contains(name)) all += name + ": plain nothing, engine " + value + "; ";
  }
  return all;
}

class comparison {
 public:
  explicit comparison(std::uint64_t seed)
      : script_(seed, 400, false), engine_(office::furnished()), plain_(engine_.state().counters.clock.us) {}

  // False where they part.
  bool run(int steps) {
    for (int i = 0; i < steps; ++i) {
      const office::step s = office::next_step(script_, engine_);
      const std::string shown = s.advance ? "advance to " + office::text_of({s.at_us}) : s.command.dump();
      CAPTURE(i);
      CAPTURE(shown);
      if (!take(s) || !agree_on_the_whole() || (i % 50 == 0 && !agree_on_records(1, plain_.incidents().size())))
        return false;
    }
    return agree_on_records(1, plain_.incidents().size());
  }

  std::uint64_t accepted() const { return accepted_; }
  std::uint64_t refusals() const { return refusals_; }
  std::uint64_t fired() const { return engine_.state().counters.sequence - 2 - accepted_; }

 private:
  bool take(const office::step& s) {
    if (s.advance) return advance(s);
    const tocsin::digest head = engine_.state().counters.hash;
    const std::size_t timers = plain_.timers().size();
    const bool plain = plain_.execute(s.command, s.at_us);
    std::string reason;
    try {
      tocsin::execute_document(engine_, s.command.dump(), {});
    } catch (const tocsin::error& e) {
      reason = e.reason();
    }
    CHECK_MESSAGE(plain == reason.empty(),
                  "the plain interpreter " << (plain ? "accepts" : "refuses") << ", the engine says: " << reason);
    (plain ? accepted_ : refusals_) += 1;
    // The head moves on acceptance only, or by timers that fired before the refusal.
    if (!plain && plain_.timers().size() == timers) CHECK(engine_.state().counters.hash == head);
    if (plain != reason.empty()) return false;
    if (s.command.contains("incident") && plain) {
      const auto number = std::stoul(s.command["incident"].get<std::string>().substr(3));
      return agree_on_records(number, number) && agree_on_records(plain_.incidents().size(), plain_.incidents().size());
    }
    return plain ? agree_on_records(plain_.incidents().size(), plain_.incidents().size()) : true;
  }

  bool advance(const office::step& s) {
    const auto plain = plain_.advance(s.at_us, s.limit);
    std::optional<std::pair<std::uint64_t, bool>> engine;
    try {
      const tocsin::advance_result done = engine_.advance({s.at_us}, s.limit);
      engine = {done.fired, done.more};
    } catch (const tocsin::error&) {
    }
    CHECK(plain.has_value() == engine.has_value());
    if (plain && engine) {
      CHECK(plain->first == engine->first);
      CHECK(plain->second == engine->second);
    }
    return plain == engine;
  }

  bool agree_on_the_whole() {
    const tocsin::desk_counters& counters = engine_.state().counters;
    bool same = counters.clock.us == plain_.clock() && counters.last_number == plain_.incidents().size() &&
                counters.last_id == counters.last_number;
    CHECK(counters.clock.us == plain_.clock());
    CHECK(counters.last_number == plain_.incidents().size());  // (D4)
    const auto timers = plain_.timers();
    std::vector<std::pair<std::int64_t, std::size_t>> engine_timers;
    for (const tocsin::timer& t : office::pending_timers(engine_)) engine_timers.emplace_back(t.due.us, t.number);
    CHECK(engine_timers == timers);
    CHECK(engine_.next_due().us == plain_.next_due());
    return same && engine_timers == timers && engine_.next_due().us == plain_.next_due();
  }

  bool agree_on_records(std::size_t first, std::size_t last) {
    bool same = true;
    for (std::size_t number = first; number >= 1 && number <= last; ++number) {
      const tocsin::incident_ptr record = engine_.find({engine_.find_number(number)});
      REQUIRE(record);
      if (is_final(record->state_kind)) CHECK_FALSE(is_set(record->auto_close_at));  // (D5)
      const std::string parts = difference(seen(plain_.incidents()[number - 1]), seen(engine_, *record));
      CHECK_MESSAGE(parts.empty(), "incident " << number << ": " << parts);
      same = same && parts.empty();
    }
    return same;
  }

  office::random_script script_;
  tocsin::desk engine_;
  plain_desk plain_;
  std::uint64_t accepted_ = 0;
  std::uint64_t refusals_ = 0;
};

void compare(std::uint64_t first_seed, std::uint64_t last_seed, int steps) {
  std::uint64_t accepted = 0;
  std::uint64_t refusals = 0;
  std::uint64_t fired = 0;
  for (std::uint64_t seed = first_seed; seed <= last_seed; ++seed) {
    CAPTURE(seed);
    comparison both(seed);
    if (!both.run(steps)) break;
    accepted += both.accepted();
    refusals += both.refusals();
    fired += both.fired();
  }
  MESSAGE(accepted << " commands accepted, " << refusals << " refused, " << fired << " timers fired");
  // A run in which little happens shows little.
  CHECK(accepted > refusals / 4);
  CHECK(refusals > accepted / 10);
  CHECK(fired > 10);
}

}  // namespace

TEST_CASE(
    "the engine and a plain interpreter of the rules agree on random commands (D1, D2, D4, D5, D6, L1, L3, L4, L5, "
    "L6)") {
  compare(1, 6, 1000);
}

TEST_SUITE("full") {
  TEST_CASE(
      "the engine and a plain interpreter of the rules agree on very many random commands (D1, D2, D4, D5, D6, L1, L3, "
      "L4, L5, L6)") {
    compare(1000, 1049, 3000);
  }
}
