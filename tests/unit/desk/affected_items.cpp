// What a record affects, on a desk.
#include <doctest/doctest.h>

#include <tocsin/desk/action.hpp>
#include <tocsin/model/incident.hpp>

#include "office.hpp"

using namespace tocsin;
using office::json;

namespace {

bool offers(const desk& d, std::string_view command) {
  for (const action& a : allowed_actions(d, *d.find({1}), host_person)) {
    if (a.command == command) return a.allowed;
  }
  return false;
}

}  // namespace

TEST_CASE("affected items are offered where the desk has a service graph (I1, L2)") {
  desk bare = office::open();
  office::tell(bare, office::command("log_incident", "2026-11-23T08:00:00Z", "host", {{"title", "Slow"}}));
  CHECK_FALSE(offers(bare, "set_affected_items"));

  desk d = office::furnished();
  office::tell(d, office::command("log_incident", "2026-11-23T08:00:00Z", "host", {{"title", "Slow"}}));
  CHECK(offers(d, "set_affected_items"));
  office::tell(d, office::command("set_affected_items", "2026-11-23T08:01:00Z", "host",
                                  {{"incident", 1}, {"items", {{{"item", "mail"}}}}}));
  CHECK(offers(d, "set_affected_items"));
}
