// Workflows of one's own on a desk, against a plain interpreter of them: random states, moves, guards and required fields,
// and random people who try what they may and what they may not (L1-L3, D2, D6). It shares no line with the engine.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "office.hpp"
#include "random_script.hpp"

namespace {

using office::json;
using texts = std::map<std::string, std::string>;

constexpr std::int64_t minute = 60'000'000;
constexpr const char* number = "INC0000001";

// ---- workflows

// A guard as data, and what it means in plain words: that field has that value, or any.
struct plain_guard {
  std::string field;
  std::string value;  // "": any

  json condition() const {
    if (value.empty()) return {{"!!", {{{"var", field}}}}};
    return {{"==", {{{"var", field}}, value}}};
  }
  bool holds(const texts& record) const {
    const auto found = record.find(field);
    return found != record.end() && (value.empty() || found->second == value);
  }
};

struct plain_move {
  std::string verb;
  std::string from;
  std::string to;  // "": back to where the wait began
  std::vector<plain_guard> guards;
  std::vector<std::string> required;
  std::string trigger = "manual";
  std::int64_t after = 0;  // timed: microseconds
};

struct plain_workflow {
  std::map<std::string, std::string> kinds;  // by state
  std::vector<plain_move> moves;

  json document() const {
    json states = json::array();
    for (const auto& [name, kind] : kinds) {
      json state = {{"name", name}, {"kind", kind}};
      if (kind == "new") state["initial"] = true;
      states.push_back(state);
    }
    json transitions = json::array();
    for (const plain_move& m : moves) {
      json t = {{"verb", m.verb}, {"from", {m.from}}};
      if (!m.to.empty()) t["to"] = m.to;
      for (std::size_t i = 0; i < m.guards.size(); ++i) {
        t["guards"].push_back({{"condition", m.guards[i].condition()}, {"says", "guard " + std::to_string(i)}});
      }
      if (!m.required.empty()) t["required"] = m.required;
      if (m.trigger != "manual") t["trigger"] = m.trigger;
      if (m.after != 0) t["after"] = "PT" + std::to_string(m.after / minute) + "M";
      transitions.push_back(t);
    }
    return {{"key", "own"},
            {"states", states},
            {"transitions", transitions},
            {"hold_reasons", {{{"name", "parts"}}, {{"name", "vendor"}}}}};
  }
};

plain_guard any_guard(office::dice& d) {
  static const std::vector<plain_guard> all = {{"impact", "high"},   {"impact", "low"},        {"urgency", "high"},
                                               {"category", "disk"}, {"category", "hardware"}, {"category", ""},
                                               {"service", ""}};
  return all[static_cast<std::size_t>(d.below(static_cast<std::int64_t>(all.size())))];
}

// "a" is where a record begins, "w" where it waits, "z" where it ends; between them some in which work goes on.
plain_workflow any_workflow(office::dice& d) {
  plain_workflow w;
  w.kinds = {{"a", "new"}, {"w", "on_hold"}, {"z", "cancelled"}};
  std::vector<std::string> open = {"a"};
  for (std::int64_t i = 0, count = 2 + d.below(4); i < count; ++i) {
    open.push_back(std::string(1, static_cast<char>('b' + i)));
    w.kinds[open.back()] = "in_progress";
  }
  const auto any_open = [&] { return open[static_cast<std::size_t>(d.below(static_cast<std::int64_t>(open.size())))]; };
  std::set<std::string> seen;
  const auto add = [&](plain_move m) {
    const bool by_hand = m.trigger == "manual";
    const std::string name = m.verb + " " + m.from + (m.verb == "move" ? " " + m.to : "");
    if (by_hand && !seen.insert(name).second) return;  // the linter refuses it twice
    for (std::int64_t i = d.below(3); i > 0; --i) m.guards.push_back(any_guard(d));
    if (d.chance(20)) m.required.push_back(d.any({"category", "service"}));
    if (m.trigger == "automatic" && m.guards.empty()) m.guards.push_back(any_guard(d));
    w.moves.push_back(std::move(m));
  };
  for (std::int64_t i = 0; i < 10; ++i) {
    plain_move m{.verb = "move", .from = any_open(), .to = any_open(), .guards = {}, .required = {}};
    if (m.to == m.from) continue;
    if (d.chance(25)) m.trigger = "automatic";
    if (d.chance(20)) m.trigger = "timed", m.after = (1 + d.below(50)) * minute;
    add(std::move(m));
  }
  for (const std::string& state : open) {
    if (d.chance(60)) add({.verb = "hold", .from = state, .to = "w", .guards = {}, .required = {}});
    add({.verb = "cancel", .from = state, .to = "z", .guards = {}, .required = {}});
  }
  if (d.chance(70)) add({.verb = "hold", .from = "w", .to = "w", .guards = {}, .required = {}});
  add({.verb = "resume", .from = "w", .to = d.chance(50) ? "" : any_open(), .guards = {}, .required = {}});
  return w;
}

// ---- the interpreter

struct refused {};

class plain_record {
 public:
  plain_record(const plain_workflow& w, std::int64_t at) : w_(w) {
    go("a", at);
    settle(at);
  }

  const std::string& state() const { return state_; }
  const std::string& held_from() const { return held_from_; }
  std::optional<std::int64_t> next() const { return next_; }

  // All that is due before then, or also at it (D2).
  void pass_time(std::int64_t until, bool inclusive) {
    while (next_ && (*next_ < until || (inclusive && *next_ == until))) settle(*next_);
  }

  void execute(const json& c, std::int64_t at) {
    const std::string name = c["command"];
    if (name == "classify_incident") {
      set(c, {"category", "service"});
    } else if (name == "prioritise_incident") {
      set(c, {"impact", "urgency"});
    } else if (name == "hold_incident") {
      const plain_move& m = allowed("hold");
      if (state_ == "w" && reason_ == c["reason"]) throw refused{};
      if (state_ != "w") held_from_ = state_;
      reason_ = c["reason"];
      go(m.to, at);
    } else if (name == "resume_incident") {
      const plain_move& m = allowed("resume");
      const std::string to = m.to.empty() ? held_from_ : m.to;
      held_from_.clear();
      go(to, at);
    } else if (name == "cancel_incident") {
      go(allowed("cancel").to, at);
      held_from_.clear();
    } else {
      go(allowed("move", c["state"]).to, at);
    }
    settle(at);
  }

 private:
  bool is_over() const { return state_ == "z"; }

  bool may(const plain_move& m) const {
    return std::ranges::all_of(m.guards, [&](const plain_guard& g) { return g.holds(record_); }) &&
           std::ranges::all_of(m.required, [&](const std::string& field) { return record_.contains(field); });
  }

  const plain_move& allowed(const std::string& verb, const std::string& to = {}) const {
    for (const plain_move& m : w_.moves) {
      if (m.trigger != "manual" || m.verb != verb || m.from != state_) continue;
      if (verb == "move" && m.to != to) continue;
      if (!may(m)) throw refused{};
      return m;
    }
    throw refused{};
  }

  void set(const json& c, std::initializer_list<const char*> fields) {
    if (is_over()) throw refused{};
    for (const char* field : fields) {
      if (c.contains(field)) record_[field] = c[field];
    }
  }

  void go(const std::string& to, std::int64_t at) {
    if (state_ == to) return;
    state_ = to;
    since_ = at;
  }

  // Moves that it makes by itself, one after another, until none is to be made.
  void settle(std::int64_t at) {
    for (bool moved = true; moved;) {
      moved = false;
      next_.reset();
      for (const plain_move& m : w_.moves) {
        if (is_over() || m.trigger == "manual" || m.from != state_) continue;
        const std::int64_t due = since_ + m.after;
        if (m.trigger == "timed" && due > at) {
          next_ = next_ ? std::min(*next_, due) : due;
        } else if (may(m)) {
          go(m.to, at);
          moved = true;
          break;
        }
      }
    }
  }

  const plain_workflow& w_;
  texts record_;
  std::string state_;
  std::string held_from_;
  std::string reason_;
  std::int64_t since_ = 0;
  std::optional<std::int64_t> next_;
};

// ---- both together

json any_command(office::dice& d, const plain_workflow& w) {
  const auto state = [&] {
    auto found = w.kinds.begin();
    std::advance(found, d.below(static_cast<std::int64_t>(w.kinds.size())));
    return found->first;
  };
  json c = {{"command", "move_incident"}, {"incident", number}};
  switch (d.below(10)) {
    case 0:
    case 1:
      c["command"] = "classify_incident";
      if (d.chance(70)) c["category"] = d.any({"disk", "hardware"});
      if (!c.contains("category") || d.chance(20)) c["service"] = "mail";
      break;
    case 2:
      c["command"] = "prioritise_incident";
      c["impact"] = d.any({"high", "low"});
      c["urgency"] = d.any({"high", "low"});
      break;
    case 3:
      c["command"] = "hold_incident";
      c["reason"] = d.any({"parts", "vendor"});
      break;
    case 4:
      c["command"] = "resume_incident";
      break;
    case 5:
      if (d.chance(10)) {
        c["command"] = "cancel_incident";
        c["reason"] = "Enough";
        break;
      }
      [[fallthrough]];
    default:
      c["state"] = state();
  }
  return c;
}

struct outcome {
  int accepted = 0;
  int refused = 0;
  int moved_alone = 0;
};

// False: the linter refuses the workflow.
bool play(std::uint64_t seed, int steps, outcome& seen) {
  office::dice d(seed);
  const plain_workflow w = any_workflow(d);
  tocsin::desk desk = office::furnished();
  const bool published =
      office::refusal_of([&] {
        office::tell(desk, office::command("publish", "2026-11-23T07:30:00Z", "host", {{"workflows", {w.document()}}}));
      }).empty();
  if (!published) return false;
  CAPTURE(w.document().dump());
  std::int64_t now = office::at("2026-11-23T08:00:00Z").us;
  office::tell(desk, office::log("2026-11-23T08:00:00Z", {{"workflow", "own"}}));
  plain_record plain(w, now);
  for (int i = 0; i < steps; ++i) {
    const std::optional<std::int64_t> due = plain.next();
    now = due && d.chance(30) && *due > now ? *due : now + (1 + d.below(20)) * minute;
    const std::string before = plain.state();
    const bool advance = d.chance(20);
    plain.pass_time(now, advance);
    seen.moved_alone += plain.state() != before;
    json c = any_command(d, w);
    CAPTURE(c.dump());
    CAPTURE(i);
    if (advance) {
      desk.advance({now});
    } else {
      c["at"] = office::text_of({now});
      c["actor"] = "ana";
      bool accepted = true;
      const plain_record as_it_was = plain;
      try {
        plain.execute(c, now);
      } catch (const refused&) {
        accepted = false;
      }
      const std::string why = office::refusal_of([&] { office::tell(desk, c); });
      CAPTURE(why);
      REQUIRE(why.empty() == accepted);
      if (!accepted) REQUIRE(plain.state() == as_it_was.state());
      ++(accepted ? seen.accepted : seen.refused);
    }
    const tocsin::incident_ptr record = desk.find({1});
    const auto word = [&](tocsin::state_ref s) {
      return std::string(desk.state().words.word(tocsin::word_kind::state, s.index));
    };
    REQUIRE(word(record->state) == plain.state());
    REQUIRE((record->held_from ? word(record->held_from) : "") == plain.held_from());
    REQUIRE(desk.next_due().us == plain.next().value_or(tocsin::never.us));
  }
  desk.verify();
  return true;
}

void play_many(std::uint64_t seeds, int steps) {
  outcome seen;
  std::uint64_t played = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    CAPTURE(seed);
    played += play(seed, steps, seen);
  }
  MESSAGE(played << " workflows, " << seen.accepted << " commands accepted, " << seen.refused << " refused, "
                 << seen.moved_alone << " times moved by itself");
  CHECK(played > seeds / 4);
  CHECK(seen.accepted > static_cast<int>(seeds));
  CHECK(seen.refused > static_cast<int>(seeds));
  CHECK(seen.moved_alone > static_cast<int>(seeds / 10));
}

}  // namespace

TEST_CASE("random workflows of one's own do what a plain reading of them says (L1, L2, L3, D2, D6)") {
  play_many(200, 60);
}

TEST_SUITE("full") {
  TEST_CASE("very many random workflows do what a plain reading of them says (L1, L2, L3, D2, D6)") {
    play_many(3'000, 100);
  }
}
