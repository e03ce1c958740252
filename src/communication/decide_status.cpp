// The status of a component by hand: an override is a definition, and each of these commands a publication of it.
#include "decide.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/communication/status_page.hpp>

#include "communication/decide_definition.hpp"

#include <vector>

namespace tocsin::inline v1 {
namespace {

// The page as it is, which must have the component.
const status_page& page_of(const deciding& d, status_page_ref ref, const std::string& component) {
  const status_page* const page = d.state.definitions.of<status_page>().current(ref.index);
  if (!page || page->retired) {
    throw error(status::failed_precondition, "status_page.not_in_use",
                "the page " + d.quoted(word_kind::status_page, ref.index) + " is not in use");
  }
  if (find_component(*page, component)) return *page;
  std::vector<std::string> known;
  for (const status_component& one : page->components) known.push_back(one.key);
  throw unknown_name(status::not_found, "status_page.unknown_component", "/component", component,
                     allowed_values(std::move(known)));
}

// Those of the component that are not over: one, or none.
std::vector<status_override> in_force(const deciding& d, const status_page& page, const std::string& component) {
  std::vector<status_override> found;
  const auto& all = d.state.definitions.of<status_override>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    const status_override* const one = all.current(number);
    if (!one || one->page != page.key || one->component != component) continue;
    if (is_in_force(*one, d.given.recorded_at)) found.push_back(*one);
  }
  return found;
}

void withdraw(const deciding& d, std::vector<status_override>& all) {
  for (status_override& one : all) {
    one.withdrawn_at = d.given.recorded_at;
    one.withdrawn_by = d.person_name(d.given.actor);
  }
}

void check_until(const deciding& d, instant until) {
  const instant now = d.given.recorded_at;
  if (until > now && until <= now + limits::override_within) return;
  throw unexpected(status::invalid_argument, "status_page.override_until", "/until",
                   until > now ? "an instant more than 30 days ahead" : "an instant that has passed",
                   "an instant within 30 days");
}

}  // namespace

void decide(const override_component& c, deciding& d) {
  const status_page& page = page_of(d, c.page, c.component);
  check_until(d, c.until);
  std::vector<status_override> all = in_force(d, page, c.component);
  withdraw(d, all);
  all.push_back({.key = fresh_key<status_override>(d),
                 .page = page.key,
                 .component = c.component,
                 .status = c.status,
                 .from = d.given.recorded_at,
                 .until = c.until,
                 .reason = c.reason,
                 .by = d.person_name(d.given.actor)});
  publish_again(d, std::move(all));
}

void decide(const end_override& c, deciding& d) {
  const status_page& page = page_of(d, c.page, c.component);
  std::vector<status_override> all = in_force(d, page, c.component);
  if (all.empty()) {
    throw error(status::failed_precondition, "status_page.no_override",
                "the component \"" + c.component + "\" has no override that is in force");
  }
  withdraw(d, all);
  publish_again(d, std::move(all));
}

}  // namespace tocsin::inline v1
