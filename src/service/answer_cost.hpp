// What an outage has cost between two instants, with the parts that make the estimate (R-C40).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/desk/answer_context.hpp>

#include "answer_item_facts.hpp"

namespace tocsin::inline v1 {

class outage_costs {
 public:
  // Calendars are those of `known`.
  outage_costs(const desk_state& known, instant from, instant until) : known_(known), from_(from), until_(until) {}

  // An item that failed. One whose outage costs nothing is passed over.
  void add(std::string_view key, const item_facts& facts);
  // The member "cost": the totals by unit of money, and so many parts, the dearest first; none where nothing costs.
  void write(const answer_context& c, std::size_t limit);

 private:
  struct part {
    std::string key;
    item_facts facts;
    duration open;
    std::int64_t cost = 0;
  };

  const desk_state& known_;
  instant from_;
  instant until_;
  std::vector<part> parts_;
  std::map<std::string, std::int64_t, std::less<>> totals_;
};

}  // namespace tocsin::inline v1
