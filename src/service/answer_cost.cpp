#include "answer_cost.hpp"

#include <tocsin/service/outage_cost.hpp>
#include <tocsin/time/business_calendar.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

void outage_costs::add(std::string_view key, const item_facts& facts) {
  if (facts.cost_per_hour <= 0) return;
  const business_calendar* calendar = known_.definitions.of<business_calendar>().current(
      known_.words.find(word_kind::business_calendar, facts.calendar));
  const duration open = (calendar ? *calendar : business_calendar::always()).elapsed(from_, until_);
  const std::int64_t cost = outage_cost(facts.cost_per_hour, open);
  parts_.push_back({std::string(key), facts, open, cost});
  std::int64_t& total = totals_[std::string(facts.currency)];
  total = sum_of_costs(total, cost);
}

void outage_costs::write(const answer_context& c, std::size_t limit) {
  std::ranges::sort(parts_,
                    [](const part& a, const part& b) { return a.cost != b.cost ? a.cost > b.cost : a.key < b.key; });
  if (parts_.empty()) return;
  json_writer& to = c.to;
  to.key("cost");
  to.begin_object();
  c.write("from", from_);
  c.write("until", until_);
  to.key("totals");
  to.begin_array();
  for (const auto& [currency, cost] : totals_) {
    to.begin_object();
    if (!currency.empty()) to.member("currency", currency);
    to.member("cost", cost);
    to.end_object();
  }
  to.end_array();
  to.key("parts");
  to.begin_array();
  for (std::size_t i = 0; i < std::min(limit, parts_.size()); ++i) {
    const part& one = parts_[i];
    to.begin_object();
    to.member("key", one.key);
    to.member("kind", one.facts.kind);
    to.member("calendar", one.facts.calendar.empty() ? std::string_view("24x7") : one.facts.calendar);
    c.write("open_time", one.open);
    to.member("cost_per_hour", one.facts.cost_per_hour);
    if (!one.facts.currency.empty()) to.member("currency", one.facts.currency);
    to.member("cost", one.cost);
    to.end_object();
  }
  to.end_array();
  if (parts_.size() > limit) to.member("not_listed", static_cast<std::int64_t>(parts_.size() - limit));
  to.end_object();
}

}  // namespace tocsin::inline v1
