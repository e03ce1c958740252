// What a workflow asks the host.
#include <doctest/doctest.h>

#include <tocsin/workflow/events.hpp>

#include "office.hpp"

using namespace tocsin;
using office::json;
using office::refusal_of;

namespace {

json workflow_with_guard() {
  return {{"key", "credit"},
          {"name", "Credit"},
          {"states",
           {{{"name", "begun"}, {"kind", "new"}, {"initial", true}},
            {{"name", "done"}, {"kind", "resolved"}},
            {{"name", "over"}, {"kind", "closed"}}}},
          {"transitions",
           {{{"verb", "resolve"},
             {"from", {"begun"}},
             {"to", "done"},
             {"host_guards", {{{"name", "credit"}, {"says", "the customer has no credit"}}}}},
            {{"verb", "close"}, {"from", {"done"}}, {"to", "over"}}}},
          {"resolution_codes", {"settled"}}};
}

desk with_guard() {
  desk d = office::furnished();
  office::tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host", {{"workflows", {workflow_with_guard()}}}));
  office::tell(d, office::log("2026-11-23T08:00:00Z", {{"workflow", "credit"}}));
  return d;
}

json resolve() {
  return office::command("resolve_incident", "2026-11-23T08:05:00Z", "ana",
                         {{"incident", 1}, {"code", "settled"}, {"notes", "Paid"}});
}

const guard_answered* answered(const desk& d) {
  static entry last;
  last = d.read_entry(d.state().counters.sequence);
  for (const event& e : last.events) {
    if (const auto* found = e.body.get_if<guard_answered>()) return found;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("a move that the host has to agree to is refused where it says no, and where nobody answers (L2)") {
  desk d = with_guard();
  const std::uint64_t before = d.state().counters.sequence;
  CHECK(refusal_of([&] { office::tell(d, resolve()); }) == "workflow.host_guard");
  d.set_host_guards([](const guard_question&) { return std::optional(false); });
  CHECK(refusal_of([&] { office::tell(d, resolve()); }) == "workflow.host_guard");
  CHECK(d.state().counters.sequence == before);
}

TEST_CASE("a yes stands in the entry, and neither a standby nor a fork asks again") {
  desk d = with_guard();
  int asked = 0;
  d.set_host_guards([&](const guard_question& q) {
    ++asked;
    CHECK(q.guard == "credit");
    CHECK(q.record.id == 1);
    return std::optional(true);
  });
  office::tell(d, resolve());
  CHECK(asked == 1);
  REQUIRE(answered(d));
  CHECK(answered(d)->guard == "credit");
  CHECK(answered(d)->holds);
  desk standby = office::open();
  standby.apply_entries(d.read_entries(1, 1 << 20));
  CHECK(standby.state().counters.hash == d.state().counters.hash);
  CHECK(d.fork().find({1})->state_kind == state_kind::resolved);
  d.verify();
  CHECK(asked == 1);
}

TEST_CASE("a fork is answered from the table that it is given, not by the host of its parent") {
  desk d = with_guard();
  d.set_host_guards([](const guard_question&) { return std::optional(true); });
  desk fork = d.fork();
  CHECK(refusal_of([&] { office::tell(fork, resolve()); }) == "workflow.host_guard");
  fork.set_guard_answers(read_guard_answers(R"({"credit":true})"));
  office::tell(fork, resolve());
  CHECK(fork.find({1})->state_kind == state_kind::resolved);
  CHECK(d.find({1})->state_kind == state_kind::fresh);
}

TEST_CASE("the host is not asked where something else stands against the move, nor by a question") {
  desk d = with_guard();
  int asked = 0;
  d.set_host_guards([&](const guard_question&) { return ++asked, std::optional(true); });
  office::tell(d, office::command("add_task", "2026-11-23T08:01:00Z", "ana",
                                  {{"incident", 1}, {"title", "Call them"}, {"blocking", true}}));
  CHECK(refusal_of([&] { office::tell(d, resolve()); }) == "task.blocking");
  answer_document(d, R"({"query":"allowed_actions","incident":1,"actor":"ana"})");
  CHECK(asked == 0);
}

TEST_CASE("a workflow asks the host for nothing twice, and for nothing that moves by itself") {
  desk d = office::furnished();
  const auto publish = [&](const json& workflow) {
    return refusal_of([&] {
      office::tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host", {{"workflows", {workflow}}}));
    });
  };
  json twice = workflow_with_guard();
  json& guards = twice["transitions"][0]["host_guards"];
  guards.push_back(json(guards[0]));
  CHECK(publish(twice) != "");
  json by_itself = workflow_with_guard();
  by_itself["transitions"][1]["trigger"] = "timed";
  by_itself["transitions"][1]["after"] = "P1D";
  CHECK(publish(by_itself) == "");
  by_itself["transitions"][1]["host_guards"] = by_itself["transitions"][0]["host_guards"];
  CHECK(publish(by_itself) != "");
}

TEST_CASE("a table of answers is an object of truths") {
  CHECK(read_guard_answers("{}").empty());
  CHECK_FALSE(read_guard_answers(R"({"a":true,"b":false})").at("b"));
  for (const char* bad : {"", "[]", "{\"a\":1}", "{\"a\":null}", "{"}) {
    CAPTURE(bad);
    CHECK(refusal_of([&] { read_guard_answers(bad); }) == "guard.answers");
  }
}
