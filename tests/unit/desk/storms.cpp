// Storms: pages beyond what somebody should get in a window are held, and go as one at its end (E5).
#include <doctest/doctest.h>

#include <tocsin/desk/document.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "office.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using namespace tocsin;
using office::at;
using office::json;
using office::tell;

namespace {

json named(const std::string& key) { return {{"kind", "person"}, {"key", key}}; }

json paging(const std::string& key, const json& people, const json& storms, const std::string& delay = "PT30M") {
  json targets = json::array();
  for (const auto& one : people) targets.push_back(named(one.get<std::string>()));
  return {{"key", key},
          {"steps", {{{"targets", targets}, {"delay", delay}}}},
          {"repeat", 2},
          {"triggers", {{{"on", "logged"}}}},
          {"storms", storms}};
}

desk with_policies(const json& policies, std::shared_ptr<store> where = make_memory_store()) {
  desk d = office::furnished(std::move(where));
  json c = office::command("publish", "2026-11-23T07:30:00Z", "host", {{"services", {{{"key", "web"}}}}});
  c["escalation_policies"] = policies.is_array() ? policies : json::array({policies});
  tell(d, c);
  return d;
}

std::string number(std::uint64_t id) {
  std::string digits = std::to_string(id);
  return "INC" + std::string(7 - digits.size(), '0') + digits;
}

// "08:10:00 INC4 bundle ana INC4 INC5 +3", "08:00:00 INC1 page ana" ...
std::vector<std::string> told_by(const desk& d) {
  std::vector<std::string> lines;
  const auto name = [&](record_ref r) { return "INC" + std::to_string(r.id); };
  const auto key = [&](person_ref p) { return std::string(d.state().words.word(word_kind::person, p.index)); };
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
    const entry e = d.read_entry(s);
    for (const event& happened : e.events) {
      const std::string where = office::text_of(e.recorded_at).substr(11, 8) + " " + name(happened.record);
      if (const auto* one = happened.body.get_if<page>()) lines.push_back(where + " page " + key(one->person));
      if (const auto* one = happened.body.get_if<page_held>()) {
        lines.push_back(where + " held " + key(one->person) + (one->by == storm_limit::person ? "" : " by service"));
      }
      if (const auto* one = happened.body.get_if<page_bundle>()) {
        std::string line = where + " bundle " + key(one->person);
        for (const bundled_page& p : one->pages) line += " " + name(p.incident);
        if (one->others != 0) line += " +" + std::to_string(one->others);
        lines.push_back(line);
      }
      if (const auto* one = happened.body.get_if<page_bundled>()) {
        lines.push_back(where + " bundled " + key(one->person) + " into " + name(one->into));
      }
    }
  }
  return lines;
}

using lines = std::vector<std::string>;

// ---- every page of a journal, judged again by a list of all that went before

struct sent_page {
  instant at;
  std::string person;
  std::string service;
  std::uint64_t record;
  bool about_service_alone = false;  // it is of a bundle, and counts for the person but once
};

struct window {
  instant until = instant_min;
  int pages = 0;
};

// A window begins with the first page after the one before (E5).
template <class Counts>
window window_at(const std::vector<sent_page>& all, instant now, duration length, Counts counts) {
  window w;
  for (const sent_page& p : all) {
    if (!counts(p)) continue;
    if (p.at >= w.until) w = {p.at + length, 0};
    ++w.pages;
  }
  return now < w.until ? w : window{};
}

struct naive_limits {
  duration length = 5 * minute;
  int person = 20;
  int service = 10;
};

// Until when one more page is held; none: it is sent.
std::optional<instant> judged(const std::vector<sent_page>& all, const sent_page& p, bool critical,
                              const naive_limits& limits) {
  const window of_person = window_at(all, p.at, limits.length, [&](const sent_page& other) {
    return other.person == p.person && !other.about_service_alone;
  });
  const window of_service = window_at(all, p.at, limits.length, [&](const sent_page& other) {
    return other.person == p.person && other.service == p.service;
  });
  if (of_service.pages == 0) return {};
  const bool again = std::ranges::any_of(all, [&](const sent_page& other) {
    return other.person == p.person && other.record == p.record && !other.about_service_alone &&
           other.at >= of_person.until - limits.length;
  });
  if (critical && !(of_person.pages != 0 && again)) return {};
  std::optional<instant> until;
  if (of_service.pages >= limits.service) until = of_service.until;
  if (of_person.pages >= limits.person) until = std::max(until.value_or(instant_min), of_person.until);
  return until;
}

// What a desk decided, page by page, is what the list says; and what was held went when it was to.
void judge_again(const desk& d, const naive_limits& limits) {
  std::vector<sent_page> all;
  // By person, record, run and version of the page.
  std::map<std::tuple<std::string, std::uint64_t, std::uint32_t, std::uint32_t>, std::pair<instant, int>> held;
  const auto key = [&](person_ref p) { return std::string(d.state().words.word(word_kind::person, p.index)); };
  const auto service_of = [&](service_ref s) { return std::string(d.state().words.word(word_kind::service, s.index)); };
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
    const entry e = d.read_entry(s);
    std::set<std::tuple<std::string, std::uint64_t, std::uint32_t>> went;  // alone, with what was held
    for (const event& happened : e.events) {
      if (const auto* b = happened.body.get_if<page_bundled>()) {
        went.insert({key(b->person), happened.record.id, b->run});
      }
    }
    for (const event& happened : e.events) {
      const incident_ptr record = happened.record ? d.find(happened.record) : nullptr;
      const bool critical = record && record->priority == priority::critical;
      if (const auto* one = happened.body.get_if<page>()) {
        const sent_page p{e.recorded_at, key(one->person), service_of(one->service), happened.record.id};
        const auto place = std::tuple(p.person, p.record, one->run);
        if (!went.contains(place)) REQUIRE_FALSE(judged(all, p, critical, limits));
        all.push_back(p);
      }
      if (const auto* one = happened.body.get_if<page_held>()) {
        const sent_page p{e.recorded_at, key(one->person), service_of(record->service), happened.record.id};
        const auto until = judged(all, p, critical, limits);
        REQUIRE(until);
        auto& [when, count] = held[{p.person, p.record, one->run, one->version}];
        if (count == 0) when = *until;
        REQUIRE(one->until == when);
        ++count;
      }
      if (const auto* one = happened.body.get_if<page_bundle>()) {
        std::set<std::pair<std::uint64_t, std::uint32_t>> runs;
        std::set<std::string> services;
        for (const auto& [place, what] : held) {
          if (std::get<0>(place) != key(one->person) || what.second == 0 || what.first > e.recorded_at) continue;
          runs.emplace(std::get<1>(place), std::get<2>(place));
        }
        REQUIRE(one->pages.size() + static_cast<std::size_t>(one->others) == runs.size());
        REQUIRE(runs.size() > 1);
        all.push_back({e.recorded_at, key(one->person), service_of(record->service), happened.record.id});
        services.insert(service_of(record->service));
        for (const bundled_page& p : one->pages) {
          if (!services.insert(service_of(p.service)).second) continue;
          all.push_back({e.recorded_at, key(one->person), service_of(p.service), p.incident.id, true});
        }
      }
      if (const auto* one = happened.body.get_if<page_bundled>()) {
        auto& [when, count] = held[{key(one->person), happened.record.id, one->run, one->version}];
        REQUIRE(count != 0);
        REQUIRE(when == e.recorded_at);
        count = 0;
      }
      // Answered or over, there is nothing to be sent any more.
      const auto forget = [&](std::uint32_t run) {
        for (auto& [place, what] : held) {
          if (std::get<1>(place) == happened.record.id && std::get<2>(place) == run) what.second = 0;
        }
      };
      if (const auto* one = happened.body.get_if<page_acknowledged>()) forget(one->run);
      if (const auto* one = happened.body.get_if<escalation_snoozed>()) forget(one->run);
      if (const auto* one = happened.body.get_if<escalation_ended>()) forget(one->run);
    }
  }
  for (const auto& [place, what] : held) {
    if (what.second != 0) REQUIRE(what.first > d.state().counters.clock);
  }
}

// ---- a random night of many incidents

struct stormy_night {
  naive_limits limits;
  json policies = json::array();
  std::vector<json> commands;
  instant until = at("2026-11-23T10:00:00Z");
};

stormy_night a_night(std::uint32_t seed) {
  std::mt19937 engine(seed);
  const auto below = [&](int n) { return static_cast<int>(engine() % static_cast<std::uint32_t>(n)); };
  stormy_night made;
  made.limits = {duration{minute.us * (1 + below(10))}, 1 + below(6), 1 + below(4)};
  const json storms = {{"window", "PT" + std::to_string(made.limits.length.us / minute.us) + "M"},
                       {"person_pages", made.limits.person},
                       {"service_pages", made.limits.service}};
  made.policies.push_back(paging("p", {"ana", "ben"}, storms, "PT" + std::to_string(2 + below(9)) + "M"));
  made.policies.push_back(paging("q", {"ana"}, storms, "PT" + std::to_string(2 + below(9)) + "M"));
  instant t = at("2026-11-23T08:00:00Z");
  std::uint64_t logged = 0;
  const char* const services[] = {"", "mail", "web"};
  const char* const people[] = {"ana", "ben"};
  for (int i = 20 + below(60); i > 0; --i) {
    t = t + duration{below(90) * second.us};
    const std::string when = office::text_of(t);
    if (logged == 0 || below(100) < 70) {
      json c = office::log(when);
      if (const std::string s = services[below(3)]; !s.empty()) c["service"] = s;
      if (below(100) < 15) c["impact"] = c["urgency"] = "high";
      made.commands.push_back(c);
      ++logged;
      continue;
    }
    const std::string about = number(1 + static_cast<std::uint64_t>(below(static_cast<int>(logged))));
    switch (below(4)) {
      case 0:
        made.commands.push_back(office::command("acknowledge_incident", when, people[below(2)], {{"incident", about}}));
        break;
      case 1:
        made.commands.push_back(office::resolve(when, about));
        break;
      default:
        made.commands.push_back(
            office::command("acknowledge_page", when, people[below(2)], {{"incident", about}, {"run", 1 + below(2)}}));
    }
  }
  return made;
}

void live_through(const stormy_night& night, desk& d, const std::function<void(desk&)>& between) {
  for (const json& c : night.commands) {
    try {
      tell(d, c);
    } catch (const error&) {  // it has been answered, or is over
    }
    between(d);
  }
  d.advance(night.until);
  between(d);
}

std::size_t open_bundles(const desk& d) {
  const auto all = office::pending_timers(d);
  return static_cast<std::size_t>(
      std::ranges::count_if(all, [](const timer& t) { return t.kind == timer_kind::page_bundle; }));
}

}  // namespace

TEST_CASE("what is more than somebody should get goes as one page at the end of the window (E5)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"person_pages", 3}}));
  for (int i = 0; i < 7; ++i) tell(d, office::log("2026-11-23T08:00:0" + std::to_string(i) + "Z"));
  d.advance(at("2026-11-23T08:04:59Z"));
  CHECK(told_by(d) == lines{"08:00:00 INC1 page ana", "08:00:01 INC2 page ana", "08:00:02 INC3 page ana",
                            "08:00:03 INC4 held ana", "08:00:04 INC5 held ana", "08:00:05 INC6 held ana",
                            "08:00:06 INC7 held ana"});
  CHECK(d.next_due() == at("2026-11-23T08:05:00Z"));
  tell(d, office::command("acknowledge_page", "2026-11-23T08:04:59Z", "ana", {{"incident", "INC0000005"}}));
  d.advance(at("2026-11-23T08:05:00Z"));
  const lines all = told_by(d);
  CHECK(lines(all.begin() + 7, all.end()) ==
        lines{"08:05:00 INC4 bundle ana INC4 INC6 INC7", "08:05:00 INC4 bundled ana into INC4",
              "08:05:00 INC6 bundled ana into INC4", "08:05:00 INC7 bundled ana into INC4"});
  CHECK(open_bundles(d) == 0);
  CHECK_NOTHROW(d.verify());
}

TEST_CASE("a page of a bundle is answered like any other, by incident, run and version (E5, E6)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"person_pages", 1}}));
  for (int i = 0; i < 3; ++i) tell(d, office::log("2026-11-23T08:00:00Z"));
  d.advance(at("2026-11-23T08:05:00Z"));
  std::vector<effect> bundles;
  for (effect& e : d.take_effects("pager", 100)) {
    if (e.body.holds<page_bundle>()) bundles.push_back(e);
  }
  REQUIRE(bundles.size() == 1);
  CHECK(bundles[0].scheduled_at == at("2026-11-23T08:05:00Z"));
  const bundled_page& last = bundles[0].body.get<page_bundle>().pages.back();
  CHECK(last.title == "Mail is down");
  tell(d, office::command("acknowledge_page", "2026-11-23T08:06:00Z", "ana",
                          {{"incident", number(last.incident.id)}, {"run", last.run}, {"version", last.version}}));
  CHECK(d.find({3})->part<incident_escalations>()->escalations[0].run.state == run_state::acknowledged);
  CHECK(d.find({2})->part<incident_escalations>()->escalations[0].run.state == run_state::triggered);
  CHECK(office::refusal_of([&] {
          tell(d, office::command("acknowledge_page", "2026-11-23T08:40:00Z", "ana",
                                  {{"incident", "INC0000002"}, {"version", 1}}));
        }).find("old_page") != std::string::npos);
}

TEST_CASE("the largest bundle is taken in one entry, with the clocks that end by it (E5, S2)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"person_pages", 1}}));
  const json taking = {{"key", "taking"},
                       {"kind", "ola"},
                       {"metric", "acknowledgement"},
                       {"targets", {{{"duration", "PT1H"}}}},
                       {"calendar", "24x7"}};
  tell(d, office::command("publish", "2026-11-23T07:40:00Z", "host", {{"sla_policies", {taking}}}));
  const std::size_t held = tocsin::limits::bundle_pages_max;
  for (std::size_t i = 0; i <= held; ++i) tell(d, office::log("2026-11-23T08:00:00Z"));
  d.advance(at("2026-11-23T08:05:00Z"));
  const std::vector<effect> effects = d.take_effects("pager", 1000);
  REQUIRE(effects.back().body.holds<page_bundle>());
  const json taken = tell(d, office::command("acknowledge_bundle", "2026-11-23T08:06:00Z", "ana",
                                             {{"incident", "INC0000002"}, {"bundle", effects.back().id}}));
  const auto count = [&](const char* event) {
    return static_cast<std::size_t>(
        std::ranges::count_if(taken["events"], [&](const json& e) { return e["event"] == event; }));
  };
  CHECK(count("page_acknowledged") == held);
  CHECK(count("incident_acknowledged") == held);
  CHECK(count("clock_changed") == held);
  CHECK(count("bundle_acknowledged") == 1);
  CHECK(d.state().counters.sequence == static_cast<std::uint64_t>(taken["sequence"].get<int>()));
  CHECK_NOTHROW(d.verify());
}

TEST_CASE("the first page about a service, and about a critical incident, is never held (E5)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"person_pages", 1}, {"window", "PT10M"}}));
  tell(d, office::log("2026-11-23T08:00:00Z", {{"service", "mail"}}));
  tell(d, office::log("2026-11-23T08:00:01Z", {{"service", "mail"}}));
  tell(d, office::log("2026-11-23T08:00:02Z", {{"service", "web"}}));
  tell(d, office::log("2026-11-23T08:00:03Z"));
  tell(d, office::log("2026-11-23T08:00:04Z", {{"service", "mail"}, {"impact", "high"}, {"urgency", "high"}}));
  CHECK(told_by(d) == lines{"08:00:00 INC1 page ana", "08:00:01 INC2 held ana", "08:00:02 INC3 page ana",
                            "08:00:03 INC4 page ana", "08:00:04 INC5 page ana"});
}

TEST_CASE("pages about one service are bundled before those about others (E5)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"service_pages", 2}}));
  for (int i = 0; i < 4; ++i) tell(d, office::log("2026-11-23T08:00:00Z", {{"service", "mail"}}));
  tell(d, office::log("2026-11-23T08:00:00Z", {{"service", "web"}}));
  d.advance(at("2026-11-23T08:05:00Z"));
  CHECK(told_by(d) == lines{"08:00:00 INC1 page ana", "08:00:00 INC2 page ana", "08:00:00 INC3 held ana by service",
                            "08:00:00 INC4 held ana by service", "08:00:00 INC5 page ana",
                            "08:05:00 INC3 bundle ana INC3 INC4", "08:05:00 INC3 bundled ana into INC3",
                            "08:05:00 INC4 bundled ana into INC3"});
}

TEST_CASE("one that is held alone goes as the page that it is (E5)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"person_pages", 1}}));
  tell(d, office::log("2026-11-23T08:00:00Z"));
  tell(d, office::log("2026-11-23T08:01:00Z"));
  d.advance(at("2026-11-23T08:05:00Z"));
  CHECK(told_by(d) == lines{"08:00:00 INC1 page ana", "08:01:00 INC2 held ana", "08:05:00 INC2 page ana",
                            "08:05:00 INC2 bundled ana into INC2"});
}

TEST_CASE("a bundle lists so many pages, and says how many others there are (E5)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"person_pages", 1}}));
  for (std::size_t i = 0; i < tocsin::limits::bundle_pages_max + 8; ++i) tell(d, office::log("2026-11-23T08:00:00Z"));
  d.advance(at("2026-11-23T08:05:00Z"));
  std::size_t listed = 0;
  std::int64_t others = 0;
  std::size_t went = 0;
  for (const std::string& line : told_by(d)) went += line.find(" bundled ana into INC2") != std::string::npos ? 1U : 0U;
  for (const effect& e : d.take_effects("pager", 1000)) {
    if (const auto* b = e.body.get_if<page_bundle>()) listed = b->pages.size(), others = b->others;
  }
  CHECK(listed == tocsin::limits::bundle_pages_max);
  CHECK(others == 7);
  CHECK(went == tocsin::limits::bundle_pages_max + 7);
}

TEST_CASE("a policy with any number of pages holds none and counts none; what is not said is published (E5)") {
  desk d = with_policies(json::array({paging("p", json::array({"ana"}), {{"person_pages", -1}, {"service_pages", -1}}),
                                      {{"key", "q"}, {"steps", {{{"targets", {named("ben")}}, {"delay", "PT30M"}}}}}}));
  for (int i = 0; i < 40; ++i) tell(d, office::log("2026-11-23T08:00:00Z"));
  CHECK(told_by(d).size() == 40);
  const storm_limits& said = d.state().definitions.of<tocsin::escalation_plan>().current(2)->policy.storms;
  CHECK(said == storm_limits{5 * minute, 20, 10, priority::critical});
}

TEST_CASE("a delivery that failed is tried again at once, storm or not (E5)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"person_pages", 1}}));
  tell(d, office::command("publish", "2026-11-23T07:40:00Z", "host",
                          {{"contact_profiles",
                            {{{"person", "ana"},
                              {"methods",
                               {{{"key", "app"}, {"kind", "push"}, {"address", "a"}},
                                {{"key", "call"}, {"kind", "call"}, {"address", "1"}}}},
                              {"rules", {{{"method", "app"}}, {{"method", "call"}, {"after", "PT2M"}}}}}}}}));
  tell(d, office::log("2026-11-23T08:00:00Z"));
  tell(d,
       office::command(
           "report_delivery", "2026-11-23T08:00:10Z", "host",
           {{"incident", "INC0000001"}, {"version", 1}, {"person", "ana"}, {"method", "app"}, {"outcome", "failed"}}));
  CHECK(told_by(d) == lines{"08:00:00 INC1 page ana", "08:00:10 INC1 page ana"});
}

TEST_CASE("several incidents of one batch are counted together (E5)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"person_pages", 2}}));
  json batch = json::array();
  for (int i = 0; i < 5; ++i) batch.push_back(office::log("2026-11-23T08:00:00Z"));
  document_options together;
  together.atomic = true;
  execute_document(d, batch.dump(), together);
  CHECK(told_by(d) == lines{"08:00:00 INC1 page ana", "08:00:00 INC2 page ana", "08:00:00 INC3 held ana",
                            "08:00:00 INC4 held ana", "08:00:00 INC5 held ana"});
}

TEST_CASE("several incidents of one entry are counted together (E5, I4)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"person_pages", 2}}));
  tell(d, office::command("schedule_maintenance", "2026-11-23T07:50:00Z", "ana",
                          {{"key", "disks"},
                           {"from", "2026-11-23T07:55:00Z"},
                           {"until", "2026-11-23T08:00:00Z"},
                           {"reason", "New disks"}}));
  for (const char* key : {"a", "b", "c", "d"}) {
    tell(d, office::command("report_event", "2026-11-23T07:56:00Z", "host",
                            {{"source", "probe"}, {"dedup_key", key}, {"signal", "raise"}, {"title", key}}));
  }
  CHECK(d.advance(at("2026-11-23T08:00:00Z")).fired == 1);
  const lines all = told_by(d);
  REQUIRE(all.size() == 4);
  CHECK(all[1].find(" page ana") != std::string::npos);
  CHECK(all[2].find(" held ana") != std::string::npos);
  CHECK(all[3].find(" held ana") != std::string::npos);
}

TEST_CASE("a dry run and a refusal leave the counts as they were (E5, D3)") {
  desk d = with_policies(paging("p", json::array({"ana"}), {{"person_pages", 1}}));
  document_options dry;
  dry.dry_run = true;
  tell(d, office::log("2026-11-23T08:00:00Z"), dry);
  tell(d, office::log("2026-11-23T09:00:00Z"), dry);
  tell(d, office::log("2026-11-23T08:00:00Z"));
  CHECK(told_by(d) == lines{"08:00:00 INC1 page ana"});
  tell(d, office::log("2026-11-23T09:00:00Z"), dry);
  tell(d, office::log("2026-11-23T08:00:01Z"));
  CHECK(told_by(d).back() == "08:00:01 INC2 held ana");
}

TEST_CASE("each page is sent or held as a list of all that went before says (E5)") {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const stormy_night night = a_night(seed);
    desk d = with_policies(night.policies);
    live_through(night, d, [](desk&) {});
    judge_again(d, night.limits);
    CHECK(d.next_due() > night.until);
    CHECK_NOTHROW(d.verify());
  }
}

TEST_CASE("a storm is the same after any restart, on a fork, and by small steps (E5, D6)") {
  for (std::uint32_t seed = 101; seed <= 112; ++seed) {
    CAPTURE(seed);
    const stormy_night night = a_night(seed);
    desk steady = with_policies(night.policies);
    live_through(night, steady, [](desk&) {});
    const conformance::temporary_file file;
    sqlite_options options;
    options.path = file.path();
    desk restless = with_policies(night.policies, open_sqlite_store(options));
    live_through(night, restless, [&](desk& d) {
      d = office::open();
      d = office::open(open_sqlite_store(options));
    });
    CHECK(office::picture_of(steady) == office::picture_of(restless));
    desk parent = with_policies(night.policies);
    desk fork = parent.fork();
    live_through(night, fork, [](desk& d) { d = d.fork(); });
    CHECK(told_by(fork) == told_by(steady));
  }
}

// Policies that a late host plays in full (D8), so that how late it comes makes no difference.
stormy_night a_patient_night(std::uint32_t seed) {
  stormy_night night = a_night(seed);
  for (json& policy : night.policies) policy["late"] = "replay";
  return night;
}

// Up to just before an instant, in steps of all sizes, of all entries or of few.
void creep(desk& d, instant until, std::mt19937& engine) {
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(engine() % static_cast<std::uint64_t>(n));
  };
  instant t = std::min(d.state().counters.clock, until);
  while (t < until) {
    t = std::min(t + duration{1 + below(2) * below(40) * second.us + below(3) * below(999'999)}, until);
    const std::uint64_t limit = below(3) == 0 ? 1 + static_cast<std::uint64_t>(below(3)) : 0;
    while (d.advance(t, limit).more) {
    }
  }
}

TEST_CASE("one leap of advance equals many small ones, in storms, too (D6, E5)") {
  std::size_t bundles = 0;
  for (std::uint32_t seed = 201; seed <= 230; ++seed) {
    CAPTURE(seed);
    const stormy_night night = a_patient_night(seed);
    desk leaping = with_policies(night.policies);
    live_through(night, leaping, [](desk&) {});
    std::mt19937 engine(seed);
    desk creeping = with_policies(night.policies);
    for (const json& c : night.commands) {
      creep(creeping, at(c["at"].get<std::string>()) - duration{1}, engine);
      try {
        tell(creeping, c);
      } catch (const error&) {  // it has been answered, or is over
      }
    }
    creep(creeping, night.until, engine);
    CHECK(told_by(leaping) == told_by(creeping));
    CHECK(office::journal_of(leaping) == office::journal_of(creeping));
    CHECK(office::picture_of(leaping) == office::picture_of(creeping));
    bundles += static_cast<std::size_t>(std::ranges::count_if(
        told_by(leaping), [](const std::string& line) { return line.find(" bundle ") != std::string::npos; }));
  }
  CHECK(bundles > 30);
}
