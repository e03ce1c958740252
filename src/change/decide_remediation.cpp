// What was done to bring something back, and whether it worked (R-N02).
#include <tocsin/change/events.hpp>

#include "decide.hpp"
#include "service/decide.hpp"

namespace tocsin::inline v1 {
namespace {

remediation_action action_of(const deciding& d, const incident& r, std::uint32_t number) {
  const std::vector<remediation_action>& all = remediation_actions_of(r);
  if (number == 0) return {.number = static_cast<std::uint32_t>(all.size() + 1)};
  if (number <= all.size()) return all[number - 1];
  throw error(
      status::not_found, "remediation.unknown",
      d.name_of(r) + " has no remediation action " + std::to_string(number) + ", it has " + std::to_string(all.size()));
}

}  // namespace

void plausible_remediation(const incident& record, plausible_commands& to) {
  to.commands.push_back(record_remediation{.record = {record.id}, .kind = remediation_kind::other});
}

void decide(const record_remediation& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.record, "record_remediation");
  const remediation_action before = action_of(d, r, c.remediation);
  if (!c.item.empty()) check_item(d, "/item", c.item);
  d.refuse_as("record_remediation", r);
  d.against.unless(d.is_worked_on(r), "record.not_worked_on", d.nobody_works_on(r));
  d.against.unless(before.number <= limits::remediation_actions_max, "remediation.too_many",
                   "a record has at most " + std::to_string(limits::remediation_actions_max) + " remediation actions");
  remediation_recorded e;
  e.remediation = before.number;
  e.kind = c.kind == remediation_kind::unset ? before.kind : c.kind;
  e.item = c.item.empty() ? before.item : c.item;
  e.outcome = c.outcome == remediation_outcome::unset ? before.outcome : c.outcome;
  e.evidence = c.evidence.empty() ? before.evidence : c.evidence;
  d.against.unless(e.kind != remediation_kind::unset, "remediation.no_kind", "kind says what was done");
  d.against.unless(
      e.kind != before.kind || e.item != before.item || e.outcome != before.outcome || e.evidence != before.evidence,
      "remediation.unchanged", "this was recorded already");
  d.emit(c.record, std::move(e));
}

}  // namespace tocsin::inline v1
