// What follows for reviews: rules demand them when incidents are resolved or closed. What becomes of one is noted at
// its incident, which closes then if silence would have closed it before (M3).
#include <tocsin/desk/deciding.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/major_incident/major_incident.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/review/events.hpp>
#include <tocsin/review/review_policy.hpp>
#include <tocsin/workflow/events.hpp>

#include "desk/changed_view.hpp"
#include "desk/react.hpp"
#include "incident/decide.hpp"
#include "link/decide.hpp"
#include "review/decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// Null: nobody had it. Of several who had it last, the one who took it last.
const role_holding* last_holder(const incident& record, std::string_view role) {
  const auto* const major = record.part<record_major_incident>();
  if (!major) return nullptr;
  const std::vector<role_holding>& all = major->response_roles;
  const auto until = [](const role_holding& h) { return goes_on(h) ? never : h.until; };
  const role_holding* last = nullptr;
  for (const role_holding& one : all) {
    if (one.role == role && (!last || until(one) >= until(*last))) last = &one;
  }
  return last;
}

class review_reactor {
 public:
  review_reactor(const incident& record, const decision& given, std::span<const event> news, std::vector<event>& more)
      : record_(record), state_(given.state), given_(given), news_(news), d_(given, more) {}

  void react() {
    if (happened<incident_restricted>()) restrict_review();
    if (const auto* review = record_.part<record_review>()) return settle(*review);
    if (may_be_demanded()) demand();
    if (happened<review_settled>()) close_after_silence(d_, record_);
  }

 private:
  template <class Body>
  bool happened() const {
    return std::ranges::any_of(
        news_, [&](const event& e) { return e.record.id == record_.id && e.body.template holds<Body>(); });
  }

  // Its review says its title.
  void restrict_review() {
    const auto* const demand = record_.part<record_review_demand>();
    const incident_ptr review = demand ? given_.records.find(demand->demanded_review) : nullptr;
    if (review && !is_restricted(*review)) restrict_like(d_, record_, {review->id});
  }

  // ---- demanding one

  // While it is resolved, as what is known of it may still change; or just closed. A child is reviewed with its parent.
  bool may_be_demanded() const {
    const bool has_ended =
        record_.state_kind == state_kind::resolved || (record_.state_kind == state_kind::closed && happened_close());
    if (is_import(record_) || !has_ended || state_.definitions.base_of(record_) != record_base::incident) return false;
    if (find_link(links_of(record_), link_kind::child_of)) return false;
    const auto* const demand = record_.part<record_review_demand>();
    return !demand || (demand->review_settled && !demand->review_by_rule);
  }

  bool happened_close() const {
    return std::ranges::any_of(news_, [&](const event& e) {
      const auto* moved = e.body.get_if<incident_moved>();
      return e.record.id == record_.id && (e.body.holds<incident_closed>() || (moved && is_final(moved->state_kind)));
    });
  }

  void demand() {
    const compiled_review_policy* policy = review_policy_of(state_);
    if (!policy || policy->when.empty()) return;
    const changed_view seen(record_, given_);
    const condition_data data = seen.data();
    const auto rule = policy->rule_for(data, given_.at);
    if (!rule || !has_room_for_link()) return;
    const review_rule& by = policy->definition.rules[*rule];
    review_opened opened{.reason = by.reason, .rule = by.key, .policy_version = version_of_policy()};
    opened.inputs.text = policy->inputs_of(*rule, data, given_.at);
    opened.due_at = given_.recorded_at + by.due_in;
    open_review(d_, record_, owner_by(by), std::move(opened));
  }

  // Nothing that only follows may refuse what was commanded: without room for another link there is no review.
  bool has_room_for_link() const {
    objections against;
    check_room_for_link(record_, d_.name_of(record_), against);
    return against.empty();
  }

  review_owner owner_by(const review_rule& by) const {
    review_owner owner{{state_.words.find(word_kind::person, by.owner)}, {state_.words.find(word_kind::team, by.team)}};
    if (const role_holding* held = last_holder(record_, by.owner_role)) owner.person = held->person;
    if (!owner.person && !owner.team) owner.team = record_.team;
    return owner;
  }

  std::uint32_t version_of_policy() const {
    return state_.definitions.of<compiled_review_policy>().latest(
        state_.words.find(word_kind::review_policy, default_definition));
  }

  // ---- what becomes of it

  void settle(const record_review& review) {
    if (!review.reviewed_incident) return;
    const incident_ptr reviewed = given_.records.find(review.reviewed_incident);
    const auto* const demand = reviewed ? reviewed->part<record_review_demand>() : nullptr;
    const bool settled = !is_open(record_.state_kind);
    if (!demand || demand->demanded_review.id != record_.id || demand->review_settled == settled) return;
    d_.emit(review.reviewed_incident, review_settled{{record_.id}, settled});
  }

  const incident& record_;
  const desk_state& state_;
  const decision& given_;
  std::span<const event> news_;
  deciding d_;
};

}  // namespace

void react_by_review(const incident& record, const decision& given, std::span<const event> news,
                     std::vector<event>& more) {
  // Most desks have no policy, and most records no review: this is asked after every entry.
  const bool concerns = record.part<record_review>() || record.part<record_review_demand>() ||
                        (!is_open(record.state_kind) && review_policy_of(given.state));
  if (concerns) review_reactor(record, given, news, more).react();
}

}  // namespace tocsin::inline v1
