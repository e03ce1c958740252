// More steps may be overdue at one instant than one entry says.
#include <doctest/doctest.h>

#include <string>

#include <tocsin/playbook/playbook_run.hpp>

#include "../desk/office.hpp"

using namespace tocsin;
using office::json;

TEST_CASE("every step that is overdue at one instant is told, over as many entries as that takes (R-C24)") {
  constexpr std::size_t playbooks = 5;
  constexpr std::size_t steps = playbooks * limits::playbook_steps_max;
  static_assert(steps > 2 * limits::steps_overdue_at_once_max);
  desk d = office::furnished();
  json books = json::array();
  for (std::size_t b = 0; b < playbooks; ++b) {
    json all = json::array();
    for (std::size_t i = 0; i < limits::playbook_steps_max; ++i) {
      all.push_back({{"key", "s" + std::to_string(i)}, {"time_limit", "PT30M"}});
    }
    books.push_back({{"key", "b" + std::to_string(b)}, {"steps", all}});
  }
  office::tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host", {{"playbooks", books}}));
  office::tell(d, office::log("2026-11-23T08:00:00Z"));
  for (const json& book : books) {
    office::tell(d, office::command("start_playbook", "2026-11-23T08:00:00Z", "ana",
                                    {{"record", "INC0000001"}, {"playbook", book["key"]}}));
  }
  d.take_effects("mail", 10'000);
  CHECK(d.next_due() == office::at("2026-11-23T08:30:00Z"));
  d.advance(office::at("2026-11-23T08:30:00Z"));
  std::size_t told = 0;
  for (const effect& e : d.take_effects("mail", 10'000))
    told += e.body.type()->name == "step_overdue" ? std::size_t{1} : 0;
  CHECK(told == steps);
  CHECK(d.next_due() == never);
  office::tell(d,
               office::command("add_note", "2026-11-23T08:31:00Z", "ana", {{"incident", "INC0000001"}, {"text", "x"}}));
  d.verify();
}
