// What recurs most: how many incidents have each value of a dimension (R-C09).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/problem/recurrence.hpp>

namespace tocsin::inline v1 {

// What a desk counts incidents by: the dimensions of rules, in the same order, and then the problems that cause them, and
// the root causes of these.
enum class pareto_dimension : std::uint8_t {
  unset,
  category,
  service,
  item,
  fingerprint,
  error_code,
  customer,
  problem,
  cause
};
std::span<const std::string_view> choices(pareto_dimension);

struct counted_group {
  std::string what;  // JSON
  std::int64_t count = 0;
};

// Most first, then by the bytes of what it is; those of fewer than `least` and those beyond `limit` left out.
std::vector<counted_group> ranked(std::vector<counted_group> all, std::int64_t least, std::int64_t limit);

class recurrence_pareto {
 public:
  // Throws where a level is given and it is not categories that are counted by; 0: all of the path. By nothing: of each
  // incident the values are given.
  recurrence_pareto(recurrence_dimension by, std::int64_t category_level);

  void add(const recurrence_traits& incident);
  void add(const std::vector<std::string>& values);  // of one incident, as JSON, each once
  // The members `incidents`, `without` and `values`.
  void write(json_writer& to, std::int64_t least, std::int64_t limit) const;

 private:
  recurrence_rule grouping_;
  std::map<std::string, std::int64_t> counts_;  // by value
  std::int64_t incidents_ = 0;
  std::int64_t without_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace tocsin::inline v1
