#include <tocsin/oncall/contact.hpp>

#include <doctest/doctest.h>

#include "given.hpp"

using namespace tocsin;
using namespace given;

namespace {

const std::vector<week_day> every_day = {week_day::monday, week_day::tuesday,  week_day::wednesday, week_day::thursday,
                                         week_day::friday, week_day::saturday, week_day::sunday};

contact_profile quiet_at_night() {
  return {.person = "ann",
          .zone = "Europe/Berlin",
          .methods = {{"app", contact_kind::push, "ann's telephone"}, {"call", contact_kind::call, "+49 30 1"}},
          .rules = {{"call", 5 * minute, urgency::high}, {"app", {}, urgency::unset}},
          .quiet_hours = {{every_day, {22, 0}, {6, 0}}},
          .quiet_override = severity::sev2};
}

std::string listed(const contact_profile& profile, urgency u, severity s, std::string_view reached) {
  std::string result;
  for (const contact_attempt& one : attempts(profile, u, s, at(reached))) {
    result += profile.methods[one.method].key + " " + shown(one.at) + (one.put_off ? " put off\n" : "\n");
  }
  return result;
}

}  // namespace

TEST_CASE("methods are tried by their delays from the moment the page reached the person (O4)") {
  CHECK(listed(quiet_at_night(), urgency::high, severity::sev3, "2026-06-01T10:00:00Z") ==
        "app 2026-06-01T10:00:00Z\ncall 2026-06-01T10:05:00Z\n");
  CHECK(listed(quiet_at_night(), urgency::low, severity::sev3, "2026-06-01T10:00:00Z") == "app 2026-06-01T10:00:00Z\n");
}

TEST_CASE("quiet hours in the person's zone put off, and a severity overrides them (O4, R-C30)") {
  CHECK(listed(quiet_at_night(), urgency::high, severity::sev3, "2026-06-01T19:58:00Z") ==
        "app 2026-06-01T19:58:00Z\ncall 2026-06-02T04:00:00Z put off\n");
  CHECK(listed(quiet_at_night(), urgency::high, severity::sev2, "2026-06-01T20:00:00Z") ==
        "app 2026-06-01T20:00:00Z\ncall 2026-06-01T20:05:00Z\n");
  CHECK(listed(quiet_at_night(), urgency::high, severity::unset, "2026-06-01T20:00:00Z") ==
        "call 2026-06-02T04:00:00Z put off\napp 2026-06-02T04:00:00Z put off\n");
}

TEST_CASE("quiet hours that never end leave nothing, and say so by nothing (O4)") {
  contact_profile profile = quiet_at_night();
  profile.quiet_hours = {{every_day, {0, 0}, {0, 0}}};
  CHECK(listed(profile, urgency::high, severity::sev5, "2026-06-01T10:00:00Z").empty());
  CHECK(is_reachable(profile, urgency::high));
}

TEST_CASE("without rules every method is tried at once; disabled ones are not (O4)") {
  contact_profile profile = quiet_at_night();
  profile.rules.clear();
  profile.methods[0].disabled = true;
  CHECK(listed(profile, urgency::low, severity::sev1, "2026-06-01T10:00:00Z") == "call 2026-06-01T10:00:00Z\n");
  profile.methods[1].disabled = true;
  CHECK_FALSE(is_reachable(profile, urgency::high));
}

TEST_CASE("what cannot be in a profile is said with its place (O4)") {
  contact_profile profile = quiet_at_night();
  CHECK(lint(profile).empty());
  profile.rules[0].method = "fax";
  profile.zone.clear();
  profile.methods.push_back(profile.methods[0]);
  CHECK(lint(profile).size() == 3);
}
