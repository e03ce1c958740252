// What is wrong with a policy of communication, a status page or an override, and what a right one says (M2).
#include <doctest/doctest.h>

#include <tocsin/communication/communication_policy.hpp>
#include <tocsin/communication/status_page.hpp>
#include <tocsin/time/rfc3339.hpp>

using namespace tocsin;

namespace {

communication_policy policy() {
  communication_policy p;
  p.key = "incident";
  p.audiences = {{.key = "staff", .visibility = visibility::internal, .channels = {communication_channel::chat}},
                 {.key = "public",
                  .visibility = visibility::everyone,
                  .update_every = {{severity::sev1, 30 * minute}, {severity::unset, 2 * hour}},
                  .channels = {communication_channel::mail, communication_channel::status_page}}};
  return p;
}

status_page page() {
  status_page p;
  p.key = "main";
  p.url = "https://status.example.org";
  p.components = {{.key = "mail", .name = "Mail", .items = {"smtp", "imap"}}, {.key = "web", .name = "Web"}};
  return p;
}

template <class T>
void check_finding(const T& definition, const char* what) {
  CAPTURE(what);
  const std::vector<std::string> found = lint(definition);
  REQUIRE(found.size() == 1);
  CHECK_MESSAGE(found[0].find(what) != std::string::npos, found[0]);
}

}  // namespace

TEST_CASE("a policy and a page that can be kept have no findings (M2)") {
  CHECK(lint(policy()).empty());
  CHECK(lint(page()).empty());
}

TEST_CASE("a policy has another key, an audience, a channel or a severity twice, an interval that cannot be (M2)") {
  communication_policy p = policy();
  p.key = "other";
  check_finding(p, "only \"incident\"");
  p = policy();
  p.audiences[1].key = "staff";
  check_finding(p, "audiences/1/key: \"staff\" is there twice");
  p = policy();
  p.audiences[1].channels.push_back(communication_channel::mail);
  check_finding(p, "audiences/1/channels/2: it is there twice");
  p = policy();
  p.audiences[1].update_every[1].severity = severity::sev1;
  check_finding(p, "audiences/1/update_every/1/severity");
  p = policy();
  p.audiences[1].update_every[0].every = second;
  check_finding(p, "audiences/1/update_every/0/every");
}

TEST_CASE("what is internal goes neither to a status page nor to customers (M2)") {
  communication_policy p = policy();
  p.audiences[0].channels = {communication_channel::status_page};
  check_finding(p, "seen by everyone");
  p = policy();
  p.audiences[0].affected_customers = true;
  check_finding(p, "customers are not told");
}

TEST_CASE("what everyone sees must be approved, whatever the policy says (M2)") {
  const communication_policy p = policy();
  CHECK_FALSE(needs_approval(*find_audience(p, "staff")));
  CHECK(needs_approval(*find_audience(p, "public")));
  CHECK(find_audience(p, "nobody") == nullptr);
}

TEST_CASE("a severity that is listed counts for every incident, the others' interval for major ones (M2)") {
  const communication_policy p = policy();
  const communication_audience& everyone = p.audiences[1];
  CHECK(cadence_of(everyone, severity::sev1, false) == 30 * minute);
  CHECK(cadence_of(everyone, severity::sev1, true) == 30 * minute);
  CHECK(cadence_of(everyone, severity::sev3, true) == 2 * hour);
  CHECK(cadence_of(everyone, severity::unset, true) == 2 * hour);
  CHECK(cadence_of(everyone, severity::sev3, false) == duration{});
  CHECK(cadence_of(everyone, severity::unset, false) == duration{});
  CHECK(cadence_of(p.audiences[0], severity::sev1, true) == duration{});
}

TEST_CASE("a page has a component or an item twice, or an address that no browser should open (M2)") {
  status_page p = page();
  p.components[1].key = "mail";
  check_finding(p, "components/1/key: \"mail\" is there twice");
  p = page();
  p.components[0].items[1] = "smtp";
  check_finding(p, "components/0/items/1: \"smtp\" is there twice");
  p = page();
  p.url = "javascript:alert(1)";
  check_finding(p, "url");
}

TEST_CASE("an override acts from its beginning up to its end, or until it is ended (M2)") {
  const instant from = parse_rfc3339("2026-11-23T08:00:00Z").value();
  status_override one{.key = "o", .from = from, .until = from + hour};
  CHECK(lint(one).empty());
  CHECK_FALSE(is_in_force(one, from - second));
  CHECK(is_in_force(one, from));
  CHECK(is_in_force(one, from + hour - second));
  CHECK_FALSE(is_in_force(one, from + hour));
  one.withdrawn_at = from + minute;
  CHECK(is_in_force(one, from));
  CHECK_FALSE(is_in_force(one, from + minute));
  one.until = from;
  check_finding(one, "ends before it begins");
  one.until = from + 31 * day;
  check_finding(one, "30 days");
}
