// Policies of reviews: what is wrong with one, and which rule holds (M3).
#include <doctest/doctest.h>

#include <tocsin/model/incident.hpp>
#include <tocsin/review/review_policy.hpp>

#include <algorithm>

using namespace tocsin;

namespace {

condition_schema schema() {
  condition_schema s;
  s.add(incident::fields());
  return s;
}

review_rule rule(const char* key, const char* when) { return {key, {}, {when}, "x", day, {}, {}, {}}; }

review_policy policy() {
  review_policy p;
  p.key = "incident";
  p.rules = {rule("grave", R"({"==":[{"var":"severity"},"sev1"]})")};
  p.sections = {{"summary", "Summary"}};
  return p;
}

bool finds(const review_policy& p, std::string_view what) {
  const std::vector<std::string> found = lint(p, schema());
  return std::ranges::any_of(found, [&](const std::string& f) { return f.find(what) != std::string::npos; });
}

}  // namespace

TEST_CASE("a policy that can be kept has no findings (M3)") { CHECK(lint(policy(), schema()).empty()); }

TEST_CASE("each thing that is wrong with a policy of reviews is found (M3)") {
  review_policy p = policy();
  p.key = "other";
  CHECK(finds(p, "only \"incident\""));
  p = policy();
  p.rules.push_back(p.rules[0]);
  p.sections.push_back(p.sections[0]);
  CHECK(finds(p, "rules/1/key: \"grave\" is there twice"));
  CHECK(finds(p, "sections/1/key: \"summary\" is there twice"));
  p = policy();
  p.rules[0].due_in = second;
  CHECK(finds(p, "rules/0/due_in"));
  p.rules[0].due_in = 367 * day;
  CHECK(finds(p, "rules/0/due_in"));
  p = policy();
  p.rules[0].owner = "ana";
  p.rules[0].owner_role = "scribe";
  CHECK(finds(p, "both an owner and an owner_role"));
  p = policy();
  p.rules[0].when.text = R"({"==":[{"var":"colour"},"red"]})";
  CHECK(finds(p, "colour"));
  p = policy();
  p.approver_teams = {"net"};
  CHECK(finds(p, "approval: it names who approves reviews"));
  p.approval = true;
  CHECK(lint(p, schema()).empty());
}

TEST_CASE("a review is published when its demanded sections are written, and ends when nothing is left to do (M3)") {
  incident r;
  CHECK(unmet_of_review(r, state_kind::resolved).empty());
  record_review& review = r.own<record_review>();
  review.review_sections = {{.key = "summary", .demanded = true}, {.key = "notes"}};
  review.action_items = {{.item = 1, .text = "Watch", .state = action_item_state::open},
                         {.item = 2, .text = "Tell", .state = action_item_state::completed},
                         {.item = 3, .text = "Buy", .state = action_item_state::verified},
                         {.item = 4, .text = "Sell", .state = action_item_state::dropped}};
  CHECK(unmet_of_review(r, state_kind::resolved) == std::vector<std::string>{"the section \"summary\" is not written"});
  const std::vector<std::string> left = {"action item 1 \"Watch\" is neither verified nor dropped",
                                         "action item 2 \"Tell\" is neither verified nor dropped"};
  CHECK(unmet_of_review(r, state_kind::closed) == left);
  CHECK(unmet_of_review(r, state_kind::cancelled) == left);
  CHECK(unmet_of_review(r, state_kind::in_progress).empty());
}

TEST_CASE("a review awaits approval until somebody else than its authors has approved it (R-P21)") {
  incident r;
  CHECK_FALSE(awaits_approval(r));
  r.assignee = {5};
  record_review& review = r.own<record_review>();
  CHECK_FALSE(awaits_approval(r));
  for (const review_approval approval : {review_approval::awaited, review_approval::returned}) {
    review.review_approval = approval;
    CHECK(awaits_approval(r));
  }
  review.review_approval = review_approval::approved;
  CHECK_FALSE(awaits_approval(r));
  review.review_sections = {{.key = "summary", .written_by = {6}}, {.key = "notes"}};
  CHECK(is_author(r, {5}));
  CHECK(is_author(r, {6}));
  CHECK_FALSE(is_author(r, {7}));
}

TEST_CASE("an incident awaits its review only where that blocks its closing, and until it is settled (M3)") {
  incident r;
  CHECK_FALSE(awaits_review(r));
  record_review_demand& demand = r.own<record_review_demand>();
  CHECK_FALSE(awaits_review(r));
  demand.review_blocks_closing = true;
  CHECK(awaits_review(r));
  demand.review_settled = true;
  CHECK_FALSE(awaits_review(r));
}
