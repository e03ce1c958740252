#include "decide_action.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/workflow/events.hpp>

#include "desk/refusal_of.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

const command_type& type_of_action(const automation_action& action) {
  const auto all = command_types();
  const auto found = std::ranges::find(all, action.command, [](const command_type* type) { return type->name; });
  if (find_automatic_command(action.command) && found != all.end()) return **found;
  throw error(status::invalid_argument, "automation.command", "no rule may give " + quoted(action.command));
}

// The member by which the command names its record.
void set_subject(command& asked, record_ref about) {
  void* const body = const_cast<void*>(asked.address());
  for (const field_row& field : asked.type()->fields()) {
    if (field.type->kind != field_kind::record) continue;
    if (field.read(body) != 0) {
      throw error(status::invalid_argument, "automation.record",
                  std::string(field.name) + " must not be given: a rule's commands are about the record itself");
    }
    field.type->set(field.place(body), static_cast<std::int64_t>(about.id));
    if (subject(asked) == about) return;
    field.type->set(field.place(body), 0);
  }
  throw error(status::invalid_argument, "automation.command",
              quoted(std::string(asked.type()->name)) + " is about no record");
}

// Whoever passes a guard answers for it, and a rule does not.
void demand_no_override(const command& asked) {
  for (const field_row& field : asked.type()->fields()) {
    if (field.name != "override_reason" || is_absent(*field.type, field.at(asked.address()))) continue;
    throw error(status::invalid_argument, "automation.override",
                "override_reason must not be given: a rule passes no guard that does not hold");
  }
}

person_ref actor_of(std::string_view rights_of, const desk_state& state) {
  if (rights_of.empty()) return system_person;
  const person_ref person{state.words.find(word_kind::person, rights_of)};
  if (person) return person;
  throw error(status::permission_denied, "permission.denied", "whose rights the rule has is nobody any more");
}

// What ends a record for good is for people to do. (Nor may a timer bring what an entry has no room for, as such an end may.)
void demand_no_end(std::span<const event> happened) {
  const bool ends = std::ranges::any_of(happened, [](const event& e) {
    const auto* const moved = e.body.get_if<incident_moved>();
    return moved && is_final(moved->state_kind);
  });
  if (!ends) return;
  throw error(status::failed_precondition, "automation.ends_record", "no rule closes or cancels a record");
}

void decide_as(person_ref actor, const command& asked, const incident& record, const decision& given,
               std::vector<event>& happened) {
  if (!may_command(given.state, *asked.type(), actor, &record, given.at)) {
    throw error(status::permission_denied, "permission.denied",
                std::string(given.state.words.word(word_kind::person, actor.index)) + " may not give " +
                    std::string(asked.type()->name));
  }
  decision by = given;
  by.actor = actor;
  const std::size_t first = happened.size();
  decide(asked, by, happened);
  demand_no_end(std::span(happened).subspan(first));
}

}  // namespace

command read_action(const automation_action& action, record_ref about, const lexicon& words) {
  const command_type& type = type_of_action(action);
  command asked;
  void* const body = asked.emplace(type);
  const std::string_view members = action.with ? std::string_view(action.with.text) : std::string_view("{}");
  read_object(members, type.fields(), body, {&words, nullptr, nullptr, nullptr}, type.name);
  set_subject(asked, about);
  demand_no_override(asked);
  check_fields(type.fields(), body, {}, &words, type.name);
  return asked;
}

refused_action try_action(const automation_action& action, std::string_view rights_of, const incident& record,
                          const decision& given, std::vector<event>& happened) {
  const std::size_t before = happened.size();
  try {
    const command asked = read_action(action, {record.id}, given.state.words);
    decide_as(actor_of(rights_of, given.state), asked, record, given, happened);
    return {};
  } catch (const error& e) {
    if (!is_refusal(e.code())) throw;
    happened.resize(before);
    return {e.reason(), e.what()};
  }
}

}  // namespace tocsin::inline v1
