// Recurrence as the rule says it (P4), slowly: every incident is held against every other one, each time.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <tocsin/problem/document.hpp>

namespace given {

struct naive_proposal {
  std::string rule;
  std::vector<std::set<std::string>> groups;  // that lead to it, through what was merged
  std::vector<std::string> incidents;         // in the order of opening, those that joined after
  std::string state = "open";
  std::string problem;
  std::size_t into = 0;
  std::int64_t decided_at = 0;
};

// One incident's values of what the rule groups by: all combinations, each a set of "dimension=value".
inline std::vector<std::set<std::string>> naive_groups(const tocsin::recurrence_rule& rule,
                                                       const tocsin::recurring_incident& one) {
  using dimension = tocsin::recurrence_dimension;
  std::vector<std::set<std::string>> all{{}};
  for (const dimension by : rule.group_by) {
    std::vector<std::string> values;
    if (by == dimension::category) {
      const std::size_t depth =
          rule.category_level == 0 ? one.category.size() : static_cast<std::size_t>(rule.category_level);
      std::string path = "category=";
      for (std::size_t i = 0; i < depth && i < one.category.size(); ++i) path += one.category[i] + "/";
      if (depth != 0 && one.category.size() >= depth) values = {path};
    } else if (by == dimension::service) {
      if (!one.service.empty()) values = {"service=" + one.service};
    } else if (by == dimension::item) {
      for (const std::string& item : one.items) values.push_back("item=" + item);
    } else if (by == dimension::error_code) {
      for (const std::string& code : one.error_codes) values.push_back("error_code=" + code);
    } else if (by == dimension::customer) {
      if (!one.customer.empty()) values = {"customer=" + one.customer};
    } else if (!one.fingerprint.empty()) {
      values = {"fingerprint=" + one.fingerprint};
    }
    std::vector<std::set<std::string>> next;
    for (const auto& group : all) {
      for (const std::string& value : values) {
        next.push_back(group);
        next.back().insert(value);
      }
    }
    all = next;
  }
  std::vector<std::set<std::string>> different;
  for (const auto& group : all) {
    if (std::find(different.begin(), different.end(), group) == different.end()) different.push_back(group);
  }
  return different;
}

struct naive_book {
  std::vector<tocsin::recurrence_rule> rules;  // in the order of their keys
  std::vector<tocsin::recurring_incident> incidents;
  std::vector<naive_proposal> proposals;
  std::set<std::string> open_problems;

  bool has(const tocsin::recurrence_rule& rule, const tocsin::recurring_incident& one,
           const std::set<std::string>& group) const {
    if (!tocsin::counts(one)) return false;
    const auto groups = naive_groups(rule, one);
    return std::find(groups.begin(), groups.end(), group) != groups.end();
  }

  std::size_t end_of(std::size_t number) const {
    while (proposals[number - 1].into != 0) number = proposals[number - 1].into;
    return number;
  }

  // Texts that say what came of it: "proposed 1 r a,b,c", "joined 1".
  std::multiset<std::string> log(const tocsin::recurring_incident& one) {
    std::multiset<std::string> result;
    incidents.push_back(one);
    std::set<std::size_t> joined;
    for (const tocsin::recurrence_rule& rule : rules) {
      for (const auto& group : naive_groups(rule, one)) {
        if (!tocsin::counts(one)) continue;
        std::size_t open = 0;
        std::int64_t rejected_at = INT64_MIN;
        for (std::size_t i = 0; i < proposals.size(); ++i) {
          if (proposals[i].rule != rule.key || proposals[i].groups.front() != group) continue;
          const std::size_t end = end_of(i + 1);
          const naive_proposal& last = proposals[end - 1];
          if (last.state == "rejected") rejected_at = std::max(rejected_at, last.decided_at);
          const bool newest = std::none_of(
              proposals.begin() + static_cast<std::ptrdiff_t>(i) + 1, proposals.end(),
              [&](const naive_proposal& later) { return later.rule == rule.key && later.groups.front() == group; });
          if (newest && (last.state == "open" || open_problems.contains(last.problem))) open = end;
        }
        if (open != 0) {
          if (joined.insert(open).second) {
            proposals[open - 1].incidents.push_back(one.key);
            result.insert("joined " + std::to_string(open));
          }
          continue;
        }
        std::vector<const tocsin::recurring_incident*> found;
        for (const tocsin::recurring_incident& other : incidents) {
          const bool in_window =
              other.opened_at.us > one.opened_at.us - rule.window.us && other.opened_at <= one.opened_at;
          if (in_window && other.opened_at.us > rejected_at && has(rule, other, group)) found.push_back(&other);
        }
        const bool itself = std::any_of(found.begin(), found.end(), [&](const auto* x) { return x->key == one.key; });
        if (!itself || static_cast<std::int64_t>(found.size()) < rule.count) continue;
        std::stable_sort(found.begin(), found.end(),
                         [](const auto* a, const auto* b) { return a->opened_at < b->opened_at; });
        naive_proposal made;
        made.rule = rule.key;
        made.groups = {group};
        std::string text = "proposed " + std::to_string(proposals.size() + 1) + " " + rule.key;
        for (const auto* x : found) made.incidents.push_back(x->key), text += " " + x->key;
        proposals.push_back(made);
        result.insert(text);
      }
    }
    return result;
  }
};

}  // namespace given
