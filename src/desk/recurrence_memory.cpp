#include <tocsin/desk/recurrence_memory.hpp>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/state.hpp>
#include <tocsin/desk/store.hpp>
#include <tocsin/knowledge/words.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/problem/problem.hpp>
#include <tocsin/problem/recurrence_plan.hpp>
#include <tocsin/service/affected_item.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::vector<std::string> path_of(const desk_state& state, category_ref category) {
  std::vector<std::string> path;
  if (!category) return path;
  const category_tree& tree = *state.definitions.category_tree;
  for (const std::uint32_t number : tree.path_of(tree.now(category.index))) {
    path.emplace_back(state.words.word(word_kind::category, number));
  }
  return path;
}

// Calls `visit(groups, decided_at)` for a proposal or a problem; `decided_at` where it was rejected.
template <class Visit>
void each_standing(const incident& record, Visit visit) {
  if (const auto* problem = record.part<record_problem>()) {
    if (is_open(record.state_kind)) visit(problem->stands_for, no_instant);
    return;
  }
  const auto* proposal = record.part<record_problem_proposal>();
  if (!proposal) return;
  if (is_open(record.state_kind)) return visit(proposal->groups, no_instant);
  if (proposal->became) return;  // what it became stands for its groups
  visit(proposal->groups, is_set(record.cancelled_at) ? record.cancelled_at : record.closed_at);
}

}  // namespace

bool recurs(const desk_state& state, const incident& record) {
  return state.definitions.base_of(record) == record_base::incident && record.state_kind != state_kind::cancelled &&
         !find_link(links_of(record), link_kind::duplicate_of) && !find_link(links_of(record), link_kind::child_of) &&
         !is_restricted(record);
}

recurrence_traits traits_of(const desk_state& state, const incident& record) {
  recurrence_traits traits;
  traits.category = path_of(state, record.category);
  traits.service = state.words.word(word_kind::service, record.service.index);
  for (const affected_item& one : affected_items_of(record)) {
    if (one.how != affected_how::not_affected) traits.items.push_back(one.item);
  }
  if (traits.items.size() > limits::recurrence_items_max) traits.items.resize(limits::recurrence_items_max);
  traits.fingerprint = fingerprint_of(record.text->title);
  traits.error_codes = error_codes_of(record.text->title + '\n' + record.text->description);
  if (traits.error_codes.size() > limits::recurrence_codes_max) traits.error_codes.resize(limits::recurrence_codes_max);
  if (const person* caller = state.definitions.of<person>().current(record.caller.index)) {
    traits.customer = caller->customer;
  }
  return traits;
}

recurrence_memory::recurrence_memory(const desk_state& state, const record_lookup& records, instant since)
    : since_(since) {
  state.live.each([&](const incident_ptr& record) {
    change(state, nullptr, record.get());
    return true;
  });
  if (!records.where) return;
  const auto add_closed = [&](const incident_ptr& record) {
    if (!state.live.find(record->id)) change(state, nullptr, record.get());
    return true;
  };
  record_scan opened{.index = record_index::opened_at};
  opened.least = since.us + 1;
  records.where->scan_closed(opened, [&](const incident_ptr& record) {
    // Proposals are looked for below, whenever they were made.
    return record->part<record_problem_proposal>() ? true : add_closed(record);
  });
  const std::uint32_t type = state.words.find(word_kind::record_type, problem_proposal_type);
  const auto field = std::ranges::find(incident::fields(), std::string_view("type"), &field_row::name);
  records.where->scan_closed(
      {.tests = {{.field = &*field, .least = type, .most = type}}},
      [&](const incident_ptr& record) { return record->part<record_problem_proposal>() ? add_closed(record) : true; });
}

std::vector<std::string> recurrence_memory::groups_of(const desk_state& state, std::uint32_t rule,
                                                      const incident& record) const {
  const recurrence_plan* plan = state.definitions.of<recurrence_plan>().current(rule);
  if (!plan || plan->rule.retired || !recurs(state, record)) return {};
  return tocsin::groups_of(plan->rule, traits_of(state, record));
}

std::span<const recurrence_groups::opened> recurrence_memory::within(std::uint32_t rule, const std::string& group,
                                                                     instant after, instant upto) const {
  const auto found = groups_.find(rule);
  return found == groups_.end() ? std::span<const recurrence_groups::opened>()
                                : found->second.within(group, after, upto);
}

recurrence_memory::standing recurrence_memory::of(std::uint32_t rule, const std::string& group) const {
  standing result;
  const group_key key{rule, group};
  if (const auto open = open_.find(key); open != open_.end()) result.open = open->second.back();
  if (const auto all = rejections_.find(key); all != rejections_.end()) {
    result.rejected_at = *std::ranges::max_element(all->second);
  }
  return result;
}

void recurrence_memory::change(const desk_state& state, const incident* before, const incident* now) {
  if (before)
    each_standing(*before, [&](const auto& groups, instant rejected_at) {
      for (const recurrence_group& one : groups) leave({one.rule.index, one.group}, {before->id}, rejected_at);
    });
  if (now)
    each_standing(*now, [&](const auto& groups, instant rejected_at) {
      for (const recurrence_group& one : groups) enter({one.rule.index, one.group}, {now->id}, rejected_at);
    });
  const std::uint64_t id = now ? now->id : before->id;
  const bool did_recur = before && recurs(state, *before);
  const bool does_recur = now && recurs(state, *now);
  if (!did_recur && !does_recur) return;
  if (before && now && did_recur == does_recur && before->category == now->category &&
      before->service == now->service && before->caller == now->caller && before->opened_at == now->opened_at &&
      before->text == now->text && before->part<record_affected_items>() == now->part<record_affected_items>()) {
    return;
  }
  if (!does_recur) {
    for (auto& [rule, groups] : groups_) groups.remove(id);
    return;
  }
  const recurrence_traits traits = traits_of(state, *now);
  const auto& plans = state.definitions.of<recurrence_plan>();
  for (std::uint32_t rule = 1; rule <= plans.size(); ++rule) {
    const recurrence_plan* plan = plans.current(rule);
    if (plan && !plan->rule.retired) groups_[rule].put(id, now->opened_at, tocsin::groups_of(plan->rule, traits));
  }
}

void recurrence_memory::enter(const group_key& key, record_ref record, instant rejected_at) {
  if (is_set(rejected_at)) return rejections_[key].push_back(rejected_at);
  std::vector<record_ref>& all = open_[key];
  all.insert(std::ranges::upper_bound(all, record.id, {}, &record_ref::id), record);
}

void recurrence_memory::leave(const group_key& key, record_ref record, instant rejected_at) {
  const auto erase_from = [&](auto& map, const auto& value) {
    const auto found = map.find(key);
    if (found == map.end()) return;
    const auto place = std::ranges::find(found->second, value);
    if (place != found->second.end()) found->second.erase(place);
    if (found->second.empty()) map.erase(found);
  };
  if (is_set(rejected_at)) return erase_from(rejections_, rejected_at);
  erase_from(open_, record);
}

lazy_recurrences::lazy_recurrences() noexcept = default;
lazy_recurrences::lazy_recurrences(const lazy_recurrences&) noexcept {}
lazy_recurrences::lazy_recurrences(lazy_recurrences&&) noexcept = default;
lazy_recurrences& lazy_recurrences::operator=(lazy_recurrences&&) noexcept = default;
lazy_recurrences::~lazy_recurrences() = default;

lazy_recurrences& lazy_recurrences::operator=(const lazy_recurrences&) noexcept {
  forget();
  return *this;
}

const recurrence_memory& lazy_recurrences::get(const desk_state& state, const record_lookup& records,
                                               instant since) const {
  if (!memory_ || memory_->since() > since) memory_ = std::make_unique<recurrence_memory>(state, records, since);
  return *memory_;
}

// One that could not follow is given up, and made anew when it is asked for again.
void lazy_recurrences::change(const desk_state& state, const incident* before, const incident* now) noexcept try {
  if (memory_) memory_->change(state, before, now);
} catch (...) {
  memory_.reset();
}

void lazy_recurrences::forget() const noexcept { memory_.reset(); }

std::size_t recurrence_memory::memory_bytes() const {
  std::size_t sum = sizeof *this + heap_bytes(groups_) + heap_bytes(open_) + heap_bytes(rejections_);
  for (const auto& [rule, groups] : groups_) sum += groups.memory_bytes();
  for (const auto& [key, records] : open_) sum += heap_bytes(key.second) + heap_bytes(records);
  for (const auto& [key, instants] : rejections_) sum += heap_bytes(key.second) + heap_bytes(instants);
  return sum;
}

std::size_t lazy_recurrences::memory_bytes() const { return memory_ ? memory_->memory_bytes() : 0; }

}  // namespace tocsin::inline v1
