#include <tocsin/problem/recurrence.hpp>

#include <algorithm>
#include <map>
#include <set>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/knowledge/words.hpp>

namespace tocsin::inline v1 {
namespace {

using dimension = recurrence_dimension;

constexpr std::int64_t part_points = 250;  // that each part of the confidence may give

std::string_view name_of(dimension one) { return choices(dimension{})[static_cast<std::size_t>(one) - 1]; }

std::int64_t grouping_points(dimension one) {
  switch (one) {
    case dimension::fingerprint:
    case dimension::error_code:
      return 150;
    case dimension::item:
      return 100;
    case dimension::category:
    case dimension::service:
      return 50;
    default:
      return 25;
  }
}

bool has_digit(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

std::set<std::string> different_words(std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  return {words.begin(), words.end()};
}

// The values of a dimension, each as JSON.
std::vector<std::string> values_of(dimension one, const recurrence_rule& rule, const recurrence_traits& traits) {
  std::vector<std::string> values;
  const auto add = [&](const std::string& text) {
    if (text.empty()) return;
    json_writer to;
    to.text(text);
    values.push_back(to.take());
  };
  switch (one) {
    case dimension::category: {
      const std::size_t depth =
          rule.category_level == 0 ? traits.category.size() : static_cast<std::size_t>(rule.category_level);
      if (depth == 0 || traits.category.size() < depth) break;
      json_writer to;
      to.begin_array();
      for (std::size_t i = 0; i < depth; ++i) to.text(traits.category[i]);
      to.end_array();
      values.push_back(to.take());
      break;
    }
    case dimension::service:
      add(traits.service);
      break;
    case dimension::item:
      for (const std::string& item : traits.items) add(item);
      break;
    case dimension::fingerprint:
      add(traits.fingerprint);
      break;
    case dimension::error_code:
      for (const std::string& code : traits.error_codes) add(code);
      break;
    case dimension::customer:
      add(traits.customer);
      break;
    case dimension::unset:
      break;
  }
  return values;
}

}  // namespace

std::span<const std::string_view> choices(recurrence_dimension) {
  static constexpr std::string_view all[] = {"category", "service", "item", "fingerprint", "error_code", "customer"};
  return all;
}

std::span<const field_row> recurrence_rule::fields() {
  static constexpr field_row rows[] = {
      row<&recurrence_rule::key>("key", "Key by which documents name the rule", required, one_line,
                                 max_length(limits::key_length_max)),
      row<&recurrence_rule::name>("name", "Name as people know it", one_line),
      row<&recurrence_rule::condition>("condition", "Which incidents it is about; none: all of them"),
      row<&recurrence_rule::group_by>("group_by", "What incidents of one group have in common: all of these", required,
                                      max_length(6)),
      row<&recurrence_rule::category_level>("category_level",
                                            "Categories from the top that are the same; none: all of the path",
                                            range{1, limits::category_depth_max}),
      row<&recurrence_rule::likeness>(
          "likeness", "Per cent of likeness that makes two fingerprints one symptom; 100: the same ones",
          range{limits::likeness_min, 100}),
      row<&recurrence_rule::count>("count", "How many incidents propose a problem", required,
                                   range{1, limits::recurrence_count_max}),
      row<&recurrence_rule::window>("window", "The time in which they were opened", required,
                                    range{1, limits::recurrence_window_max_us}),
      row<&recurrence_rule::retired>("retired", "It proposes nothing any more"),
  };
  return rows;
}

std::vector<std::string> lint(const recurrence_rule& rule) {
  std::vector<std::string> findings;
  const auto has = [&](dimension one) { return std::ranges::find(rule.group_by, one) != rule.group_by.end(); };
  if (rule.group_by.empty()) findings.push_back("/group_by: it groups by nothing");
  for (std::size_t i = 0; i < rule.group_by.size(); ++i) {
    if (std::count(rule.group_by.begin(), rule.group_by.begin() + static_cast<std::ptrdiff_t>(i), rule.group_by[i]) !=
        0) {
      findings.push_back("/group_by/" + std::to_string(i) + ": \"" + std::string(name_of(rule.group_by[i])) +
                         "\" is there twice");
    }
  }
  if (rule.category_level != 0 && !has(dimension::category)) {
    findings.push_back("/category_level: the rule does not group by category");
  }
  if (rule.likeness != 100 && !has(dimension::fingerprint)) {
    findings.push_back("/likeness: the rule does not group by fingerprint");
  }
  return findings;
}

std::string fingerprint_of(std::string_view valid_title) {
  std::string result;
  for (const std::string& word : different_words(valid_title)) {
    if (has_digit(word)) continue;
    if (!result.empty()) result += ' ';
    result += word;
  }
  return result;
}

std::vector<std::string> groups_of(const recurrence_rule& rule, const recurrence_traits& traits) {
  std::vector<dimension> by = rule.group_by;
  std::ranges::sort(by);
  std::vector<std::string> groups{""};
  for (const dimension one : by) {
    const std::vector<std::string> values = values_of(one, rule, traits);
    std::vector<std::string> longer;
    for (const std::string& begun : groups) {
      for (const std::string& value : values) {
        longer.push_back(begun + (begun.empty() ? "{\"" : ",\"") + std::string(name_of(one)) + "\":" + value);
      }
    }
    groups = std::move(longer);
  }
  for (std::string& group : groups) group += '}';
  std::ranges::sort(groups);
  const auto repeated = std::ranges::unique(groups);
  groups.erase(repeated.begin(), repeated.end());
  return groups;
}

recurrence_evidence weigh(const recurrence_rule& rule, std::span<const std::string_view> valid_titles,
                          std::size_t before) {
  recurrence_evidence result;
  std::map<std::string, std::size_t> having;
  for (const std::string_view title : valid_titles) {
    for (const std::string& word : different_words(title)) ++having[word];
  }
  std::size_t shared = 0;
  std::size_t all = 0;
  for (const auto& [word, times] : having) {
    all += times;
    if (2 * times <= valid_titles.size()) continue;
    shared += times;
    result.words.push_back(word);
  }
  recurrence_confidence& confidence = result.confidence;
  const auto n = std::ssize(valid_titles);
  // A journal from elsewhere may have a rule that no linter saw.
  confidence.count = std::min(part_points, part_points / 2 * n / std::max<std::int64_t>(rule.count, 1));
  if (n != 0) confidence.burst = part_points * n / (n + static_cast<std::int64_t>(before));
  if (all != 0) confidence.text = static_cast<std::int64_t>(static_cast<std::size_t>(part_points) * shared / all);
  for (const dimension one : rule.group_by) confidence.grouping += grouping_points(one);
  confidence.grouping = std::min(part_points, confidence.grouping);
  return result;
}

void recurrence_groups::put(std::uint64_t incident, instant opened_at, const std::vector<std::string>& groups) {
  remove(incident);
  if (groups.empty()) return;
  for (const std::string& group : groups) {
    std::vector<opened>& all = groups_[group];
    const opened one{opened_at, incident};
    all.insert(std::ranges::upper_bound(all, one), one);
  }
  places_[incident] = {opened_at, groups};
}

void recurrence_groups::remove(std::uint64_t incident) {
  const auto found = places_.find(incident);
  if (found == places_.end()) return;
  for (const std::string& group : found->second.groups) {
    const auto at = groups_.find(group);
    std::vector<opened>& all = at->second;
    all.erase(std::ranges::lower_bound(all, opened{found->second.opened_at, incident}));
    if (all.empty()) groups_.erase(at);
  }
  places_.erase(found);
}

std::size_t recurrence_groups::memory_bytes() const {
  std::size_t sum = heap_bytes(groups_) + heap_bytes(places_);
  for (const auto& [group, incidents] : groups_) sum += heap_bytes(group) + heap_bytes(incidents);
  for (const auto& [incident, where] : places_) {
    sum += heap_bytes(where.groups);
    for (const std::string& group : where.groups) sum += heap_bytes(group);
  }
  return sum;
}

std::span<const recurrence_groups::opened> recurrence_groups::within(const std::string& group, instant after,
                                                                     instant upto) const {
  const auto found = groups_.find(group);
  if (found == groups_.end()) return {};
  const std::vector<opened>& all = found->second;
  const auto first = std::ranges::upper_bound(all, after, {}, &opened::at);
  const auto last = std::ranges::upper_bound(all, upto, {}, &opened::at);
  return first < last ? std::span<const opened>(first, last) : std::span<const opened>();
}

}  // namespace tocsin::inline v1
