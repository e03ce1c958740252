// What a subscriber sees of an incident: what was told to the audiences that they belong to, and to everyone (R-C10).
#include "answer.hpp"

#include <tocsin/communication/communication.hpp>
#include <tocsin/communication/rendering.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/query.hpp>

#include "communication/decide.hpp"
#include "service/answer_item_facts.hpp"
#include "service/decide_reach.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

class subscriber_view {
 public:
  subscriber_view(const answer_context& c, const desk_state& known, const incident& record, instant at)
      : c_(c), known_(known), record_(record), part_(record.part_or_empty<record_communication>()), at_(at) {}

  // Those to which whoever asks belongs, or the one that is asked for.
  void collect(const communication_policy& policy, const std::string& asked) {
    is_one_asked_ = !asked.empty();
    for (const communication_audience& one : policy.audiences) {
      if (!asked.empty() && one.key != asked) continue;
      if (c_.by.sees_all() || is_told(known_, record_, one, c_.actor())) own_.push_back(&one);
    }
    for (const communication_audience* one : own_) narrowest_ = std::min(narrowest_, one->visibility);
    for (const update_draft& one : part_.update_drafts) {
      if (one.state == draft_state::published && sees(one)) updates_.push_back(&one);
    }
    std::ranges::stable_sort(updates_, std::ranges::greater(), &update_draft::published_at);
  }

  bool is_told_anything() const { return !own_.empty() || (!is_one_asked_ && !updates_.empty()); }

  void write() const {
    json_writer& to = c_.to;
    to.begin_object();
    to.member("incident", c_.d.show_number(record_.number));
    std::vector<std::string> keys;
    for (const communication_audience* one : own_) keys.push_back(one->key);
    c_.write_texts("audiences", keys);
    c_.write("visibility", narrowest_);
    if (!updates_.empty()) to.member("heading", heading_of(updates_.front()->title, updates_.front()->known));
    c_.write("stage", stage());
    c_.write("started_at", record_.opened_at);
    if (!is_open(record_.state_kind)) c_.write_if_given("resolved_at", record_.resolved_at);
    c_.write_if_given("next_update_at", next_update());
    if (narrowest_ != visibility::everyone) write_affected();
    write_updates();
    to.end_object();
  }

 private:
  // Inside the house one sees what others were told; outside, what one was told oneself, and what everyone sees.
  bool sees(const update_draft& update) const {
    if (update.visibility == visibility::everyone || narrowest_ == visibility::internal) return true;
    return std::ranges::find(own_, update.audience, &communication_audience::key) != own_.end();
  }

  update_stage stage() const {
    if (!is_open(record_.state_kind)) return update_stage::resolved;
    return updates_.empty() ? update_stage::investigating : updates_.front()->stage;
  }

  // What was promised last; else when the next falls due.
  instant next_update() const {
    if (!is_open(record_.state_kind)) return no_instant;
    if (!updates_.empty() && is_set(updates_.front()->next_update_at) && updates_.front()->next_update_at > at_) {
      return updates_.front()->next_update_at;
    }
    instant next = no_instant;
    for (const communication_audience* one : own_) {
      const audience_cadence* const kept = find_cadence(part_, one->key);
      if (kept && is_set(kept->due_at) && (!is_set(next) || kept->due_at < next)) next = kept->due_at;
    }
    return next;
  }

  // Services alone: what they run on is the house's own business.
  void write_affected() const {
    json_writer& to = c_.to;
    to.key("services");
    to.begin_array();
    if (const service_graph* const graph = known_.definitions.service_graph.get()) {
      const impact_analysis of = impact_of(known_, record_, *graph);
      for (const item_number item : of.affected_by_key()) write_service(*graph, item, of.state(item));
    }
    to.end_array();
  }

  void write_service(const service_graph& graph, item_number item, impact_state state) const {
    const item_facts facts = facts_of(known_, graph.key(item));
    if (!facts.is_service || state < impact_state::degraded) return;
    json_writer& to = c_.to;
    to.begin_object();
    to.member("service", graph.key(item));
    if (!facts.name.empty()) to.member("name", facts.name);
    to.member("state", name(state));
    to.end_object();
  }

  void write_updates() const {
    json_writer& to = c_.to;
    to.key("updates");
    to.begin_array();
    for (const update_draft* one : updates_) {
      to.begin_object();
      to.member("draft", std::int64_t{one->draft});
      to.member("audience", one->audience);
      c_.write("stage", one->stage);
      c_.write("published_at", one->published_at);
      c_.write_if_given("title", one->title);
      c_.write_if_given("known", one->known);
      c_.write_if_given("impact", one->impact);
      c_.write_if_given("workaround", one->workaround);
      c_.write_if_given("next_update_at", one->next_update_at);
      to.end_object();
    }
    to.end_array();
  }

  const answer_context& c_;
  const desk_state& known_;
  const incident& record_;
  const record_communication& part_;
  instant at_;
  std::vector<const communication_audience*> own_;
  bool is_one_asked_ = false;
  visibility narrowest_ = visibility::everyone;
  std::vector<const update_draft*> updates_;  // newest first
};

}  // namespace

std::span<const field_row> subscriber_view_query::fields() {
  using self = subscriber_view_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::audience>("audience",
                           "As this audience sees it; where none is given, as all do to which the actor belongs",
                           one_line, max_length(limits::key_length_max)),
      row<&self::as_of>("as_of", "As it was then; as it is now where none is given"),
  };
  return rows;
}

void answer(const answer_context& c, const subscriber_view_query& query) {
  const auto then = is_set(query.as_of) ? definitions_as_of(c.d, query.as_of) : nullptr;
  const desk_state& known = then ? *then : c.d.state();
  const incident_ptr record = get(c.d, {query.incident, query.as_of, 0});
  const communication_policy* const policy = communication_policy_of(known);
  if (!policy || !query.audience.empty()) check_audience(policy, query.audience);
  subscriber_view view(c, known, *record, is_set(query.as_of) ? query.as_of : c.d.state().counters.clock);
  view.collect(*policy, query.audience);
  if (!view.is_told_anything()) {
    throw error(status::failed_precondition, "communication.not_subscribed",
                "nothing was published for whoever asks, and they belong to no audience that is told");
  }
  view.write();
}

}  // namespace tocsin::inline v1
