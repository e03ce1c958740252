// Communication on a desk, played at random: nothing is public that nobody approved, and updates fall due without
// drifting (M2).
#include <doctest/doctest.h>

#include <tocsin/communication/communication.hpp>

#include <random>

#include "../desk/office.hpp"

using namespace tocsin;
using office::json;

namespace {

const instant begin = office::at("2026-11-23T08:00:00Z");

json policy(const std::string& every = "PT30M") {
  return {{"key", "incident"},
          {"audiences",
           {{{"key", "staff"}, {"visibility", "internal"}, {"people", {"ana"}}, {"channels", {"chat"}}},
            {{"key", "public"},
             {"visibility", "everyone"},
             {"channels", {"mail", "sms", "status_page"}},
             {"update_every", {{{"severity", "sev1"}, {"every", every}}}}}}}};
}

desk with_policy(const json& definition, const json& fields) {
  desk d = office::open();
  office::tell(d, office::furniture());
  office::tell(d,
               office::command("publish", "2026-11-23T07:10:00Z", "host", {{"communication_policies", {definition}}}));
  office::tell(d, office::log("2026-11-23T08:00:00Z", fields));
  return d;
}

const record_communication& part_of(const desk& d) { return d.find({1})->part_or_empty<record_communication>(); }

// What is refused is left out.
void try_to(desk& d, const std::string& command, instant at, const std::string& actor, json fields) {
  fields["incident"] = 1;
  try {
    office::tell(d, office::command(command, office::text_of(at), actor, fields));
  } catch (const error& e) {
    CAPTURE(e.what());
    CHECK(e.reason().starts_with("communication."));
  }
}

}  // namespace

TEST_CASE("whatever is commanded, nothing that everyone sees goes out that only its author approved (M2)") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    const auto any = [&](std::vector<std::string> of) { return of[random() % of.size()]; };
    const auto person = [&] { return any({"ana", "ben", "dora"}); };
    const auto draft = [&] { return json{{"draft", 1 + random() % 8}}; };
    desk d = with_policy(policy(), json::object());
    for (int i = 1; i <= 150; ++i) {
      const instant at = begin + i * minute;
      switch (random() % 6) {
        case 0:
        case 1:
          try_to(d, "draft_update", at, person(), {{"audience", any({"public", "staff"})}, {"known", "x"}});
          break;
        case 2:
          try_to(d, "approve_update", at, person(), draft());
          break;
        case 3:
        case 4:
          try_to(d, "publish_update", at, person(), draft());
          break;
        default:
          json fields = draft();
          fields["reason"] = "x";
          if (random() % 3 == 0) try_to(d, "withdraw_update", at, person(), fields);
      }
    }
    int sent = 0;
    for (const auto& e : json::parse(effects_document(d, "mail", 10'000))) {
      if (e["effect"] != "audience_update" || e["visibility"] != "everyone") continue;
      const update_draft* const told = find_draft(part_of(d), e["draft"].get<std::uint32_t>());
      REQUIRE(told);
      CHECK(told->state == draft_state::published);
      CHECK(is_set(told->approved_at));
      CHECK(told->approved_at <= told->published_at);
      CHECK_FALSE(told->approver == told->author);
      ++sent;
    }
    CHECK(sent % 3 == 0);  // by each channel
    d.verify();
  }
}

TEST_CASE("updates of an audience fall due at whole intervals after the last one, however late the host is (M2)") {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    std::mt19937 random(seed);
    const std::int64_t every = static_cast<std::int64_t>(5 + random() % 50);
    desk d = with_policy(policy("PT" + std::to_string(every) + "M"), {{"severity", "sev1"}});
    std::vector<instant> expected;
    instant now = begin;
    instant last = begin;
    std::uint32_t drafts = 0;
    for (int i = 0; i < 30; ++i) {
      const instant next = now + static_cast<std::int64_t>(1 + random() % 90) * minute;
      const bool updates = random() % 2 == 0;
      // A command at the instant of a timer comes before it (D6).
      for (instant due = last + every * minute; updates ? due < next : due <= next; due = due + every * minute) {
        if (due > now) expected.push_back(due);
      }
      if (updates) {
        const std::string at = office::text_of(next);
        const json named = {{"incident", 1}, {"draft", ++drafts}};
        office::tell(
            d, office::command("draft_update", at, "ana", {{"incident", 1}, {"audience", "public"}, {"known", "x"}}));
        office::tell(d, office::command("approve_update", at, "ben", named));
        office::tell(d, office::command("publish_update", at, "ana", named));
        last = next;
      } else {
        d.advance(next);
      }
      now = next;
    }
    std::vector<instant> told;
    for (const auto& e : json::parse(effects_document(d, "mail", 10'000))) {
      if (e["effect"] == "audience_update_overdue") told.push_back(office::at(e["due_at"].get<std::string>()));
    }
    CHECK(told == expected);
  }
}
