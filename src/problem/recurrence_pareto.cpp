#include <tocsin/problem/recurrence_pareto.hpp>

#include <algorithm>

#include <tocsin/base/error.hpp>
#include <tocsin/base/refusal.hpp>

namespace tocsin::inline v1 {
namespace {

// {"service":"mail"} -> "mail"
std::string value_in(const std::string& group) {
  const std::size_t begin = group.find(':') + 1;
  return group.substr(begin, group.size() - begin - 1);
}

}  // namespace

std::span<const std::string_view> choices(pareto_dimension) {
  static constexpr std::string_view all[] = {"category",   "service",  "item",    "fingerprint",
                                             "error_code", "customer", "problem", "cause"};
  return all;
}

std::vector<counted_group> ranked(std::vector<counted_group> all, std::int64_t least, std::int64_t limit) {
  std::erase_if(all, [&](const counted_group& one) { return one.count < least; });
  std::ranges::sort(all, [](const counted_group& a, const counted_group& b) {
    return a.count != b.count ? a.count > b.count : a.what < b.what;
  });
  if (std::ssize(all) > limit) all.resize(static_cast<std::size_t>(limit));
  return all;
}

recurrence_pareto::recurrence_pareto(recurrence_dimension by, std::int64_t category_level) {
  if (category_level != 0 && by != recurrence_dimension::category) {
    throw unexpected(status::invalid_argument, "recurrence.refused", "/category_level",
                     refused_value::integer(category_level), "none, unless \"by\" is \"category\"");
  }
  grouping_.group_by = {by};
  grouping_.category_level = category_level;
}

void recurrence_pareto::add(const recurrence_traits& incident) {
  std::vector<std::string> values = groups_of(grouping_, incident);
  for (std::string& group : values) group = value_in(group);
  add(values);
}

void recurrence_pareto::add(const std::vector<std::string>& values) {
  ++incidents_;
  without_ += values.empty() ? 1 : 0;
  total_ += std::ssize(values);
  for (const std::string& value : values) ++counts_[value];
}

void recurrence_pareto::write(json_writer& to, std::int64_t least, std::int64_t limit) const {
  std::vector<counted_group> all;
  for (const auto& [value, count] : counts_) all.push_back({value, count});
  to.member("incidents", incidents_);
  to.member("without", without_);
  to.key("values");
  to.begin_array();
  std::int64_t cumulative = 0;
  for (const counted_group& one : ranked(std::move(all), least, limit)) {
    cumulative += one.count;
    to.begin_object();
    to.key("value");
    to.raw(one.what);
    to.member("count", one.count);
    to.member("permille", one.count * 1000 / total_);
    to.member("cumulative_permille", cumulative * 1000 / total_);
    to.end_object();
  }
  to.end_array();
}

}  // namespace tocsin::inline v1
