#include <tocsin/service/subscription.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

void lint_keys(const std::vector<std::string>& keys, const std::string& list, std::vector<std::string>& findings) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!seen.insert(keys[i]).second) findings.push_back(list + "/" + std::to_string(i) + ": it is there twice");
  }
}

}  // namespace

std::span<const field_row> subscription::fields() {
  using self = subscription;
  constexpr max_length key_length{limits::key_length_max};
  constexpr max_length most{limits::subscription_keys_max};
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the subscription", required, one_line, key_length),
      row<&self::person>("person", "Key of the person who is told", required, one_line, key_length),
      row<&self::audience>("audience", "Key of the audience as which they are told", required, one_line, key_length),
      row<&self::items>("items", "Keys of services and configuration items: incidents that affect one of them", most),
      row<&self::customers>(
          "customers", "Keys of customers: incidents that affect what they use, or that one of theirs reported", most),
      row<&self::in_room>("in_room", "They belong into the situation room of a major incident that does so"),
      row<&self::retired>("retired", "They are not told any more"),
  };
  return rows;
}

std::vector<std::string> lint(const subscription& one) {
  std::vector<std::string> findings;
  if (!one.retired && one.items.empty() && one.customers.empty()) {
    findings.emplace_back("it names neither items nor customers");
  }
  lint_keys(one.items, "items", findings);
  lint_keys(one.customers, "customers", findings);
  return findings;
}

void affected_keys::add(std::string_view item, std::span<const std::string> its_customers) {
  items.emplace(item);
  customers.insert(its_customers.begin(), its_customers.end());
}

bool affected_keys::concern(const subscription& one) const {
  return std::ranges::any_of(one.items, [&](const std::string& key) { return items.contains(key); }) ||
         std::ranges::any_of(one.customers,
                             [&](const std::string& key) { return key == reported_by || customers.contains(key); });
}

}  // namespace tocsin::inline v1
