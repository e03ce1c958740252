#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/communication/communication.hpp>
#include <tocsin/model/incident.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

record_communication& own_part(incident& r) { return r.own<record_communication>(); }

// An entry may come from anywhere: a draft of which it speaks must be there.
update_draft& own_draft(incident& r, std::uint32_t number) {
  std::vector<update_draft>& all = own_part(r).update_drafts;
  if (number != 0 && number <= all.size()) return all[number - 1];
  throw error(status::corrupt, "journal.no_draft",
              "an event speaks of update " + std::to_string(number) + ", and there is none");
}

audience_cadence& own_cadence(incident& r, const std::string& audience) {
  std::vector<audience_cadence>& all = own_part(r).audience_cadences;
  const auto found = std::ranges::find(all, audience, &audience_cadence::audience);
  if (found != all.end()) return *found;
  all.push_back({.audience = audience});
  return all.back();
}

void set_subscription(incident& r, const std::string& audience, person_ref person, bool left) {
  std::vector<audience_subscription>& all = own_part(r).audience_subscriptions;
  for (audience_subscription& one : all) {
    if (one.person == person && one.audience == audience) return void(one.left = left);
  }
  all.push_back({audience, person, left});
}

}  // namespace

void fold(incident& r, const update_drafted& e, const fold_context& c) {
  std::vector<update_draft>& all = own_part(r).update_drafts;
  if (e.draft != all.size() + 1) {
    throw error(status::corrupt, "journal.draft_number", "an event gives an update a number that is not the next");
  }
  all.push_back({.draft = e.draft,
                 .audience = e.audience,
                 .state = draft_state::drafted,
                 .visibility = e.visibility,
                 .approval = e.approval,
                 .stage = e.stage,
                 .title = e.title,
                 .known = e.known,
                 .impact = e.impact,
                 .workaround = e.workaround,
                 .next_update_at = e.next_update_at,
                 .author = c.entry.actor,
                 .drafted_at = c.at});
}

void fold(incident& r, const update_approved& e, const fold_context& c) {
  update_draft& draft = own_draft(r, e.draft);
  draft.state = draft_state::approved;
  draft.approver = c.entry.actor;
  draft.approved_at = c.at;
}

void fold(incident& r, const update_withdrawn& e, const fold_context& c) {
  update_draft& draft = own_draft(r, e.draft);
  draft.state = draft_state::withdrawn;
  draft.withdrawn_by = c.entry.actor;
  draft.withdrawn_at = c.at;
  draft.withdrawn_because = e.reason;
}

// What must be approved is not published without that, whoever wrote the entry.
void fold(incident& r, const update_published& e, const fold_context& c) {
  update_draft& draft = own_draft(r, e.draft);
  if (draft.approval && draft.state != draft_state::approved) {
    throw error(status::corrupt, "journal.not_approved", "an event publishes an update that nobody approved");
  }
  draft.state = draft_state::published;
  draft.publisher = c.entry.actor;
  draft.published_at = c.at;
  draft.on_status_page = e.on_status_page;
}

void fold(incident& r, const audience_subscribed& e, const fold_context&) {
  set_subscription(r, e.audience, e.person, false);
}

void fold(incident& r, const audience_unsubscribed& e, const fold_context&) {
  set_subscription(r, e.audience, e.person, true);
}

void fold(incident& r, const audience_update_scheduled& e, const fold_context&) {
  audience_cadence& cadence = own_cadence(r, e.audience);
  cadence.every = e.every;
  cadence.due_at = e.due_at;
  cadence.remind_at = e.remind_at;
  if (!is_set(e.since)) return;
  cadence.last_at = e.since;
  cadence.missed = 0;
}

void fold(incident& r, const audience_update_overdue& e, const fold_context&) {
  audience_cadence& cadence = own_cadence(r, e.audience);
  cadence.due_at = e.next_due_at;
  cadence.remind_at = e.remind_at;
  cadence.missed = e.missed;
}

void fold(incident& r, const audience_update_due& e, const fold_context&) {
  own_cadence(r, e.audience).remind_at = no_instant;
}

void erase(record_communication& p, bool texts) {
  if (!texts) return;
  for (update_draft& one : p.update_drafts) {
    one.title.clear();
    one.known.clear();
    one.impact.clear();
    one.workaround.clear();
    one.withdrawn_because.clear();
  }
}

}  // namespace tocsin::inline v1
