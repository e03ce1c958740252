// Updates from draft to publication, and who is told of an incident (M2).
#include "decide.hpp"

#include <tocsin/base/json.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/communication/events.hpp>
#include <tocsin/communication/rendering.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/security/disclosure.hpp>

#include "model/template_filling.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

const record_communication& part_of(const incident& r) { return r.part_or_empty<record_communication>(); }

std::string_view name_of_state(draft_state state) { return choices(state)[static_cast<std::size_t>(state) - 1]; }

// Said at once, as nothing else can be decided then.
[[noreturn]] void refuse(deciding& d, const incident& r, std::string_view what, const char* reason, std::string why) {
  objections o;
  o.add(reason, std::move(why));
  o.refuse(what, d.name_of(r));
}

const update_draft& draft_of(deciding& d, const incident& r, std::uint32_t number, std::string_view what) {
  if (const update_draft* found = find_draft(part_of(r), number)) return *found;
  refuse(d, r, what, "communication.unknown_draft", "it has no update " + std::to_string(number));
}

std::string as_it_is(const update_draft& draft) {
  return "update " + std::to_string(draft.draft) + " is " + std::string(name_of_state(draft.state));
}

bool is_pending(const update_draft& draft) {
  return draft.state == draft_state::drafted || draft.state == draft_state::approved;
}

void check_pending(deciding& d, const update_draft& draft) {
  d.against.unless(is_pending(draft), "communication.not_pending",
                   as_it_is(draft) + ", allowed is drafted or approved");
}

void check_next_update(deciding& d, const incident& r, instant next) {
  if (!is_set(next)) return;
  const instant now = d.effective(r);
  d.against.unless(next > now, "communication.next_update", "next_update_at has passed");
  d.against.unless(next <= now + limits::next_update_within, "communication.next_update",
                   "next_update_at is more than 30 days ahead");
}

// Everybody would know of what only a few may.
void check_not_restricted(deciding& d, const incident& r, const communication_audience& to) {
  d.against.unless(to.visibility != visibility::everyone || !is_restricted(r), "communication.restricted",
                   "it is restricted, and everyone sees what " + to.key + " is told");
}

// Nobody outside hears of it until then.
void check_embargo(deciding& d, const incident& r, const communication_audience& to) {
  if (to.visibility == visibility::internal) return;
  const std::string embargo = under_embargo(r, d.given.recorded_at);
  d.against.unless(embargo.empty(), "security.embargo", embargo);
}

update_stage stage_of(const incident& r, update_stage said) {
  if (said != update_stage::unset) return said;
  return is_open(r.state_kind) ? update_stage::investigating : update_stage::resolved;
}

void send(deciding& d, const incident& r, const update_draft& draft, const communication_audience& to) {
  const update_recipients recipients = recipients_of(d.state, r, to);
  const std::size_t count = recipients.people.size() + recipients.customers.size();
  d.against.unless(
      count <= limits::audience_recipients_max, "communication.too_many_recipients",
      "it would go to " + std::to_string(count) + ", allowed is " + std::to_string(limits::audience_recipients_max));
  const std::string number = d.name_of(r);
  const update_text said{number, draft.title, draft.known, draft.impact, draft.workaround, draft.next_update_at};
  for (const communication_channel channel : to.channels) {
    rendered_update made = render(channel, said);
    audience_update e{.draft = draft.draft,
                      .audience = to.key,
                      .visibility = to.visibility,
                      .channel = channel,
                      .subject = std::move(made.subject),
                      .body = std::move(made.body),
                      .messages = made.messages};
    if (channel != communication_channel::status_page) {
      e.people = recipients.people;
      e.customers = recipients.customers;
      e.unsubscribed = recipients.unsubscribed;
    }
    d.notify(r, std::move(e));
  }
}

bool has_channel(const communication_audience& audience, communication_channel channel) {
  return std::ranges::find(audience.channels, channel) != audience.channels.end();
}

// ---- templates

// With what its template says where it says nothing itself.
draft_update filled(const deciding& d, const draft_update& c, const incident& r, const communication_audience& to) {
  const communication_policy& policy = *communication_policy_of(d.state);
  const update_template* const form = find_template(policy, c.update_template);
  if (!form) {
    std::vector<std::string> keys;
    for (const update_template& one : policy.templates) keys.push_back(one.key);
    throw unknown_name(status::not_found, "communication.unknown_template", "/template", c.update_template,
                       allowed_values(std::move(keys)));
  }
  const std::string service_name = name_or_key(d.state.definitions.of<service>().current(r.service.index),
                                               d.word(word_kind::service, r.service.index));
  template_filling filling(values_of(c.variables, {{"record.number", d.name_of(r)},
                                                   {"record.service", service_name},
                                                   {"audience.name", to.name.empty() ? to.key : to.name}}));
  draft_update result = c;
  if (result.stage == update_stage::unset) result.stage = form->stage;
  filling.put(result.title, compile_template(form->title), text_escape::line);
  filling.put(result.known, compile_template(form->known));
  filling.put(result.impact, compile_template(form->impact));
  filling.put(result.workaround, compile_template(form->workaround));
  filling.refuse_missing(form->key);
  check_fields(draft_update::fields(), &result, {}, &d.state.words);
  return result;
}

void draft(deciding& d, const incident& r, const draft_update& c, const communication_audience& to) {
  if (c.known.empty()) throw missing_field("/known", "draft_update", "a text, or a template that has it");
  const std::size_t count = part_of(r).update_drafts.size();
  d.against.unless(count < limits::update_drafts_max, "communication.too_many",
                   "an incident has at most " + std::to_string(limits::update_drafts_max) + " updates");
  check_next_update(d, r, c.next_update_at);
  check_not_restricted(d, r, to);
  check_embargo(d, r, to);
  d.emit(c.incident, update_drafted{static_cast<std::uint32_t>(count + 1), to.key, to.visibility, needs_approval(to),
                                    stage_of(r, c.stage), c.title, c.known, c.impact, c.workaround, c.next_update_at});
}

}  // namespace

const incident& incident_to_tell_of(deciding& d, record_ref ref, std::string_view what) {
  const incident& r = d.open_or_resolved(ref, what);
  d.refuse_as(what, r);
  if (d.state.definitions.base_of(r) == record_base::incident) return r;
  refuse(d, r, what, "communication.not_an_incident",
         "only of incidents is anybody told so, and it is of type " + std::string(d.type_name(r.type)));
}

std::vector<std::string> keys_of(const communication_policy& policy) {
  std::vector<std::string> keys;
  for (const communication_audience& one : policy.audiences) keys.push_back(one.key);
  return keys;
}

void check_audience(const communication_policy* policy, const std::string& key) {
  if (!policy) {
    throw error(status::failed_precondition, "communication.no_policy", "there is no communication policy in force");
  }
  if (find_audience(*policy, key)) return;
  throw unknown_name(status::not_found, "communication.unknown_audience", "/audience", key,
                     allowed_values(keys_of(*policy)));
}

instant reminder_of(const communication_policy* policy, std::string_view audience, instant due_at) {
  const communication_audience* const known = policy ? find_audience(*policy, audience) : nullptr;
  return known && is_set(due_at) && known->remind_before.us != 0 ? due_at - known->remind_before : no_instant;
}

const communication_audience& audience_of(deciding& d, const incident& r, const std::string& key,
                                          std::string_view what) {
  const communication_policy* const policy = communication_policy_of(d.state);
  if (!policy || policy->audiences.empty()) {
    refuse(d, r, what, "communication.no_policy", "there is no communication policy with an audience in force");
  }
  if (key.empty()) return policy->audiences.front();
  if (const communication_audience* found = find_audience(*policy, key)) return *found;
  refuse(d, r, what, "communication.unknown_audience",
         "\"" + key + "\" is no audience of the policy, allowed is " + joined(keys_of(*policy)));
}

void plausible_draft(const incident& record, plausible_commands& to) {
  to.commands.push_back(draft_update{.incident = {record.id}, .known = "x"});
}

void plausible_approval(const incident& record, plausible_commands& to) {
  to.none = "it has no updates that wait for approval";
  for (const update_draft& one : part_of(record).update_drafts) {
    if (one.state == draft_state::drafted) to.commands.push_back(approve_update{{record.id}, one.draft});
  }
}

void plausible_withdrawal(const incident& record, plausible_commands& to) {
  to.none = "it has no updates that are not published";
  for (const update_draft& one : part_of(record).update_drafts) {
    if (is_pending(one)) to.commands.push_back(withdraw_update{{record.id}, one.draft, "x"});
  }
}

void plausible_publication(const incident& record, plausible_commands& to) {
  to.none = "it has no updates that are not published";
  for (const update_draft& one : part_of(record).update_drafts) {
    if (is_pending(one)) to.commands.push_back(publish_update{{record.id}, one.draft});
  }
}

const communication_policy* communication_policy_of(const desk_state& state) {
  const auto& policies = state.definitions.of<communication_policy>();
  if (policies.size() == 0) return nullptr;
  const communication_policy* policy =
      policies.current(state.words.find(word_kind::communication_policy, default_definition));
  return policy && !policy->retired ? policy : nullptr;
}

void decide(const draft_update& c, deciding& d) {
  const incident& r = incident_to_tell_of(d, c.incident, "draft_update");
  const communication_audience& to = audience_of(d, r, c.audience, "draft_update");
  draft(d, r, c.update_template.empty() ? c : filled(d, c, r, to), to);
}

void decide(const approve_update& c, deciding& d) {
  const incident& r = incident_to_tell_of(d, c.incident, "approve_update");
  const update_draft& draft = draft_of(d, r, c.draft, "approve_update");
  d.against.unless(draft.state == draft_state::drafted, "communication.not_drafted",
                   as_it_is(draft) + ", allowed is drafted");
  d.against.unless(!(draft.author == d.given.actor), "communication.own_draft",
                   d.person_name(draft.author) + " wrote it, and somebody else must approve it");
  d.emit(c.incident, update_approved{c.draft});
}

void decide(const withdraw_update& c, deciding& d) {
  const incident& r = incident_to_tell_of(d, c.incident, "withdraw_update");
  check_pending(d, draft_of(d, r, c.draft, "withdraw_update"));
  d.emit(c.incident, update_withdrawn{c.draft, c.reason});
}

// By the policy as it is now and as it was when it was written: neither lets through what the other would not.
void decide(const publish_update& c, deciding& d) {
  const incident& r = incident_to_tell_of(d, c.incident, "publish_update");
  const update_draft& draft = draft_of(d, r, c.draft, "publish_update");
  const communication_audience& to = audience_of(d, r, draft.audience, "publish_update");
  check_pending(d, draft);
  d.against.unless(draft.visibility == to.visibility, "communication.visibility_changed",
                   "who may see what " + to.key + " is told is another now than when it was written");
  const bool may_go = draft.state == draft_state::approved || !(draft.approval || needs_approval(to));
  d.against.unless(may_go || !is_pending(draft), "communication.not_approved",
                   "somebody else than its author must approve it first");
  check_next_update(d, r, draft.next_update_at);
  check_not_restricted(d, r, to);
  check_embargo(d, r, to);
  d.emit(c.incident, update_published{c.draft, to.key, has_channel(to, communication_channel::status_page)});
  send(d, r, draft, to);
}

}  // namespace tocsin::inline v1
