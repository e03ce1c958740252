// Embargo, progress and references of a security incident.
#include <doctest/doctest.h>

#include <tocsin/model/incident.hpp>
#include <tocsin/security/disclosure.hpp>
#include <tocsin/security/security_policy.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <string>

using namespace tocsin;

namespace {

instant at(std::string_view text) { return parse_rfc3339(text).value(); }

incident under_way() {
  incident r;
  r.id = 3;
  r.state_kind = state_kind::fresh;
  r.own<record_disclosure>().outside_reports.push_back({.report = 1, .outside_reporter = {7}});
  return r;
}

}  // namespace

TEST_CASE("an embargo holds until its instant, and not at it (R-C43)") {
  incident r = under_way();
  CHECK_FALSE(embargo_of(r, at("2026-11-23T08:00:00Z")));
  CHECK(under_embargo(r, at("2026-11-23T08:00:00Z")).empty());
  r.own<record_disclosure>().embargo_until = at("2026-12-24T00:00:00Z");
  r.own<record_disclosure>().embargo_reason = "Patches are not ready";
  CHECK(embargo_of(r, at("2026-12-23T23:59:59.999999Z")) == at("2026-12-24T00:00:00Z"));
  CHECK_FALSE(embargo_of(r, at("2026-12-24T00:00:00Z")));
  CHECK(under_embargo(r, at("2026-11-23T08:00:00Z")) ==
        "it is under embargo until 2026-12-24T00:00:00Z: Patches are not ready");
  CHECK_FALSE(embargo_of(incident{}, at("2026-11-23T08:00:00Z")));
}

TEST_CASE("a security incident is not closed under embargo, nor before its disclosure (R-C43)") {
  incident r = under_way();
  CHECK(unmet_of_disclosure(r, state_kind::closed).empty());
  record_disclosure& part = r.own<record_disclosure>();
  part.embargo_until = at("2026-12-24T00:00:00Z");
  part.disclosure_at = at("2027-01-31T00:00:00Z");
  CHECK(unmet_of_disclosure(r, state_kind::resolved).empty());
  CHECK(unmet_of_disclosure(r, state_kind::closed).size() == 2);
  part.embargo_until = no_instant;
  CHECK(unmet_of_disclosure(r, state_kind::closed) ==
        std::vector<std::string>{"it has not been disclosed, which is due at 2027-01-31T00:00:00Z"});
  part.disclosed_at = at("2027-01-30T00:00:00Z");
  CHECK(unmet_of_disclosure(r, state_kind::closed).empty());
}

TEST_CASE("a reporter is told of the furthest that it came (R-C43)") {
  incident r = under_way();
  const auto progress = [&] { return progress_of(r, r.part<record_disclosure>()->outside_reports.front()); };
  CHECK(progress() == report_progress::received);
  r.own<record_disclosure>().outside_reports.front().report_acknowledged_at = at("2026-11-23T09:00:00Z");
  CHECK(progress() == report_progress::acknowledged);
  r.work_begun_at = at("2026-11-23T10:00:00Z");
  CHECK(progress() == report_progress::in_work);
  r.state_kind = state_kind::resolved;
  CHECK(progress() == report_progress::resolved);
  r.state_kind = state_kind::cancelled;
  CHECK(progress() == report_progress::rejected);
  r.own<record_disclosure>().disclosed_at = at("2026-12-24T00:00:00Z");
  CHECK(progress() == report_progress::disclosed);
}

TEST_CASE("a reference of a report reads back as it was written, and nothing else reads (R-C43)") {
  for (const report_reference one : {report_reference{1, 1}, {42, 7}, {UINT64_MAX, UINT32_MAX}}) {
    CHECK(parse_report_reference(as_text(one)) == one);
  }
  for (const char* text : {"", "-", "3", "3-", "-1", "3-1-1", "3-1 ", " 3-1", "03-1", "3-01", "0-1", "3-0", "3-x",
                           "+3-1", "18446744073709551616-1", "3-4294967296", "SEC0000003-1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_report_reference(text));
  }
}

TEST_CASE("a policy names whoever is to know, and a disclosure within limits (R-N04)") {
  security_policy policy{.key = "incident", .people = {"ana"}};
  CHECK(lint(policy).empty());
  policy.disclose_in = 90 * day;
  CHECK(lint(policy).empty());
  policy.disclose_in = hour;
  CHECK(lint(policy).size() == 1);
  policy.people.clear();
  policy.key = "other";
  CHECK(lint(policy).size() == 3);
}
