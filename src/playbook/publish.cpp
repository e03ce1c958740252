#include "publish.hpp"

#include <tocsin/desk/events.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/model/definition.hpp>

#include "desk/publication.hpp"
#include "desk/publish_conditions.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view incident_type = "incident";  // that is built in

bool is_event(std::string_view name) {
  return std::ranges::any_of(event_types(), [&](const event_type* type) { return type->name == name; });
}

std::vector<std::string> event_names() {
  std::vector<std::string> names;
  for (const event_type* type : event_types()) names.emplace_back(type->name);
  return names;
}

void check_step(const publication_check& against, const publication<playbook>& playbooks, std::size_t i,
                const playbook_step& step, const std::string& place) {
  playbooks.demand(i, against.all.of<team>(), step.team, place + "team: the team");
  for (const std::string& sign : step.shown_by) {
    if (is_event(sign)) continue;
    playbooks.refuse_at(i, place + "shown_by: " + quoted(sign) + " is no type of event" +
                               did_you_mean(nearest_of(sign, event_names())));
  }
}

void check(const publication_check& against) {
  const auto playbooks = against.all.of<playbook>();
  playbooks.each_given([&](std::size_t i, const playbook& one) {
    for (const std::string& type : one.record_types) {
      if (type == incident_type) continue;
      playbooks.demand_one(i, against.all.of<record_type>(), type, "record_types: the record type");
    }
    for (std::size_t n = 0; n < one.steps.size(); ++n) {
      check_step(against, playbooks, i, one.steps[n], "steps/" + std::to_string(n) + "/");
    }
  });
}

}  // namespace

std::shared_ptr<const compiled_playbook> compiled(const playbook& p, const compilation& with) {
  return std::make_shared<const compiled_playbook>(p, with.state.definitions.schemas->record());
}

void each_condition(const playbook& p, const record_schemas& schemas, const condition_visitor& to) {
  visit_condition("applies_when", p.applies_when, schemas.record(), to, true);
}

constinit const publication_rules playbook_publication{.check = check};

}  // namespace tocsin::inline v1
