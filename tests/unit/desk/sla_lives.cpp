// Random lives of a few incidents on a desk whose agreements change under them: holds and their reasons, priorities,
// services, reopenings, tasks, policies, calendars, contracts, maintenance. What a record keeps of its clocks is held to
// the fold, and to what must hold of every clock, after each command; and there is nothing left to say of it.
#include <doctest/doctest.h>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/desk/record_clocks.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/sla/proof.hpp>

#include "office.hpp"
#include "random_script.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

using namespace tocsin;
using office::at;
using office::dice;
using office::json;
using office::tell;

namespace {

constexpr int incidents = 3;

json calendar_of(dice& roll) {
  json hours = {{"days", {"monday", "tuesday", "wednesday", "thursday", "friday"}},
                {"start", roll.any({"08:00", "07:30"})},
                {"end", roll.any({"17:00", "16:00"})}};
  json d = {{"key", "office"}, {"zone", "Europe/Vienna"}, {"weekly", json::array({hours})}};
  if (roll.chance(30)) d["breaks"] = {{{"date", "2026-11-24"}, {"start", "10:00"}, {"end", "12:00"}}};
  return d;
}

json policy_of(dice& roll, std::string_view key, std::string_view kind, std::string_view metric) {
  json p = {{"key", key},
            {"kind", kind},
            {"metric", metric},
            {"targets",
             {{{"priority", "critical"}, {"duration", roll.any({"PT0S", "PT2H", "PT4H"})}},
              {{"duration", roll.any({"PT3H", "PT8H"})}}}},
            {"calendar", roll.any({"office", "24x7"})},
            {"thresholds", {{{"name", "half"}, {"percent", 50}}, {{"name", "soon"}, {"after", "PT30M"}}}},
            {"on_reopen", roll.any({"continue", "count_all", "new_cycle"})}};
  const auto treatment = [&] { return roll.any({"recompute", "restart", "pin", "cancel_and_new", "recount"}); };
  for (const char* cause : {"priority", "contract", "service", "calendar", "policy_version"}) {
    p["on_change"][cause] = treatment();
  }
  if (roll.chance(50)) p["excludes_maintenance"] = true;
  if (roll.chance(30)) p["pauses"] = "none";
  if (roll.chance(30)) p.update({{"pauses", "listed"}, {"pause_reasons", {"awaiting_caller"}}});
  return p;
}

std::vector<json> policies_of(dice& roll) {
  std::vector<json> all = {
      policy_of(roll, "standard", "sla", "resolution"), policy_of(roll, "gold", "sla", "resolution"),
      policy_of(roll, "silver", "sla", "resolution"),   policy_of(roll, "answer", "sla", "response"),
      policy_of(roll, "update", "sla", "update"),       policy_of(roll, "team", "ola", "assignment"),
      policy_of(roll, "tasks", "ola", "task")};
  all[5]["comes_back"] = roll.any({"continue", "anew"});
  all.push_back({{"key", "days"},
                 {"kind", "ola"},
                 {"metric", "acknowledgement"},
                 {"targets", {{{"end_of_business_day", 1}}}},
                 {"calendar", "office"}});
  return all;
}

json contracts_of(dice& roll) {
  json gold = {{"key", "gold"},
               {"kind", "sla"},
               {"customer", roll.any({"acme", "globex"})},
               {"policies", {"gold"}},
               {"rank", roll.below(2)}};
  json silver = {{"key", "silver"}, {"kind", "sla"}, {"policies", {"silver"}}, {"rank", roll.below(2)}};
  if (roll.chance(50)) silver["services"] = {"print"};
  if (roll.chance(20)) gold["retired"] = true;
  if (roll.chance(20)) silver["until"] = "2026-11-23T00:00:00Z";
  return {gold, silver};
}

json publishing(dice& roll, const std::string& when) {
  json c = office::command("publish", when, "host");
  switch (roll.below(4)) {
    case 0:
      c["business_calendars"] = {calendar_of(roll)};
      break;
    case 1:
      c["contracts"] = contracts_of(roll);
      break;
    case 2:
      c["people"] = {{{"key", "carla"}, {"customer", roll.any({"acme", "globex"})}}};
      break;
    default:
      c["sla_policies"] = {policies_of(roll)[static_cast<std::size_t>(roll.below(8))]};
      if (roll.chance(20)) c["sla_policies"][0]["withdrawn"] = true;
  }
  return c;
}

json maintenance(dice& roll, instant when) {
  const std::string key = roll.any({"disks", "cables"});
  const auto later = [&](std::int64_t most) { return office::text_of(when + roll.below(most) * minute); };
  json c = office::command("schedule_maintenance", office::text_of(when), "ben", {{"key", key}, {"reason", "x"}});
  if (roll.chance(30)) return c["command"] = "cancel_maintenance", c;
  if (roll.chance(50)) c["command"] = "change_maintenance";
  if (c["command"] == "schedule_maintenance" || roll.chance(30)) c["from"] = later(200);
  c["to"] = later(600);
  if (c["command"] == "schedule_maintenance" && roll.chance(70)) c["services"] = {"mail"};
  return c;
}

json random_command(dice& roll, instant when) {
  const std::string now = office::text_of(when);
  const auto of = [&](std::string_view name, json fields = json::object()) {
    fields["incident"] = roll.below(incidents) + 1;
    return office::command(name, now, roll.any({"ana", "ben"}), fields);
  };
  switch (roll.below(18)) {
    case 0:
    case 1:
      return of("hold_incident", {{"reason", roll.any({"awaiting_caller", "awaiting_vendor"})}});
    case 2:
      return of("resume_incident");
    case 3:
      return of("prioritise_incident",
                {{"impact", roll.any({"high", "low"})}, {"urgency", roll.any({"high", "medium", "low"})}});
    case 4:
      return of("resolve_incident", {{"code", "fix"}, {"notes", "x"}});
    case 5:
      return of("reopen_incident", {{"reason", "no"}});
    case 6:
      return of("assign_incident", {{"team", roll.any({"desk", "net"})}});
    case 7:
      return of("begin_work");
    case 8:
      return of("add_update", {{"text", "x"}, {"visibility", roll.any({"requester", "internal"})}});
    case 9:
      return of("classify_incident", {{"service", roll.any({"mail", "print"})}});
    case 10:
      return of("acknowledge_incident");
    case 11:
      return of("add_task", {{"title", "x"}, {"due_in", "PT1H"}, {"due_calendar", "office"}});
    case 12:
      return of(roll.any({"complete_task", "skip_task"}), {{"task", roll.below(3) + 1}});
    case 13:
    case 14:
      return maintenance(roll, when);
    default:
      return publishing(roll, now);
  }
}

desk with_everything(dice& roll) {
  desk d = office::furnished();
  json first = office::command("publish", "2026-11-23T07:00:00Z", "host",
                               {{"business_calendars", {calendar_of(roll)}},
                                {"services", {{{"key", "print"}}}},
                                {"customers", {{{"key", "acme"}}, {{"key", "globex"}}}},
                                {"people", {{{"key", "carla"}, {"customer", "acme"}}}},
                                {"sla_policies", policies_of(roll)},
                                {"contracts", contracts_of(roll)}});
  tell(d, first);
  for (int i = 0; i < incidents; ++i) {
    tell(d, office::log("2026-11-23T08:00:00Z", {{"caller", "carla"}, {"service", i == 0 ? "print" : "mail"}}));
  }
  return d;
}

// ---- what must hold

struct looked_at {
  bool paused = false;
  bool breached = false;
  std::size_t terms = 0;
};

class keeper {
 public:
  explicit keeper(const desk& d) : d_(d) {}

  // `time_alone`: nothing else happened since the last look.
  void look(bool time_alone) {
    for (std::uint64_t id = 1; id <= d_.state().counters.last_id; ++id) {
      const incident_ptr record = d_.find({id});
      if (!record || !record->part<incident_clocks>()) continue;
      if (!is_final(record->state_kind)) look_for_rest(*record);
      for (std::size_t i = 0; i < record->part<incident_clocks>()->clocks.size(); ++i) look_at(*record, i, time_alone);
    }
  }

 private:
  // An entry ends when nobody has anything to add; so whoever is asked again after it has not. What is due at this very
  // instant comes after it (D2).
  void look_for_rest(const incident& record) {
    const instant now = d_.state().counters.clock;
    if (d_.next_due() <= now) return;
    CAPTURE(record.id);
    record_lookup records;
    records.find = [this](record_ref ref) { return d_.find(ref); };
    for (const timer_kind kind : {timer_kind::sla, timer_kind::move}) {
      std::vector<event> more;
      decide(timer(now, record.number, record.id, kind), record, {d_.state(), records, now, now, system_person}, more);
      CHECK(more.empty());
    }
  }

  void look_at(const incident& record, std::size_t i, bool time_alone) {
    CAPTURE(record.id);
    CAPTURE(i);
    const incident_clock& clock = record.part<incident_clocks>()->clocks[i];
    const clock_history& history = record.part<incident_clocks>()->clock_history;
    const instant now = d_.state().counters.clock;
    const sla_clock folded = clock_of(clock, d_.state().definitions);
    const clock_reading reading = read_clock(folded, history, now);
    const clock_terms terms = latest_terms(clock, d_.state().definitions);
    CHECK(clock.state.state == reading.state);
    CHECK(clock.state.cycle == reading.cycle);
    CHECK(deadline_of(clock.state) == reading.deadline);
    CHECK(elapsed_at(clock.state, terms, history, now) == reading.elapsed);
    CHECK(is_breached(clock.state, terms, history, now) == reading.breached);
    CHECK((is_set(clock.state.breached_at) == reading.breached || clock.state.cause == clock_end::replaced));
    CHECK(clock.told == clock.state.state);
    if (reading.target.kind == target_kind::duration && is_set(reading.started)) {
      CHECK(reading.elapsed + reading.remaining == duration{reading.target.value});
      looked_at& before = seen_[{record.id, i}];
      const bool still = time_alone && before.paused && before.terms == clock.terms.size();
      CHECK_FALSE((still && !before.breached && reading.breached));
      before = {reading.state == clock_state_kind::paused, reading.breached, clock.terms.size()};
    }
    check_proof(folded, history, now, reading);
  }

  static void check_proof(const sla_clock& folded, const clock_history& history, instant now,
                          const clock_reading& reading) {
    const clock_proof proof = prove(folded, history, now);
    instant reached = history.opened;
    duration counted;
    for (const proof_interval& interval : proof.intervals) {
      CHECK(interval.from == reached);
      CHECK(interval.until > interval.from);
      reached = interval.until;
      if (interval.cause == proof_cause::counted) counted = counted + (interval.until - interval.from);
    }
    CHECK(reached == now);
    if (reading.target.kind == target_kind::duration) CHECK(counted == reading.elapsed);
  }

  const desk& d_;
  std::map<std::pair<std::uint64_t, std::size_t>, looked_at> seen_;
};

// The same commands; the rest of the time in one leap, or in many small ones.
office::journal_bytes lived(std::uint32_t seed, int steps, bool in_one_leap, bool watched) {
  dice roll(seed);
  desk d = with_everything(roll);
  keeper watch(d);
  instant when = at("2026-11-23T08:00:00Z");
  for (int step = 0; step < steps; ++step) {
    when = when + roll.below(200) * minute;
    if (roll.chance(40)) {
      d.advance(when);
      if (watched) watch.look(true);
    }
    const json asked = random_command(roll, when);
    CAPTURE(asked.dump());
    office::refusal_of([&] { tell(d, asked); });
    if (watched) watch.look(false);
  }
  const instant end = when + 9 * day;
  if (!in_one_leap) {
    for (; when < end; when = when + 47 * minute) d.advance(when);
  }
  d.advance(end);
  if (watched) watch.look(true);
  if (watched) d.verify();
  return office::journal_of(d);
}

void check_lives(std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t seed = first; seed <= last; ++seed) {
    CAPTURE(seed);
    const office::journal_bytes one = lived(seed, 40, true, true);
    CHECK(one == lived(seed, 40, false, false));
  }
}

}  // namespace

TEST_CASE(
    "clocks of random lives are what the fold says at every step, tile the time, and are not breached by time alone "
    "while paused; nothing is left to say after an entry; one leap is many small ones (S1-S9, S13, D6)") {
  check_lives(1, 25);
}

TEST_SUITE("full") {
  TEST_CASE("the same over many more lives (S1-S9, S13, D6)") { check_lives(100, 500); }
}
