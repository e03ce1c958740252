// What a desk remembers of the incidents that recurrence rules group (P4): which incidents of each group were opened when,
// and which proposal or problem stands for a group. All of it follows from the records; it is read from the store when it
// is needed first, and kept with the records from then on.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/problem/recurrence.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;
struct desk_state;
struct record_lookup;

class recurrence_memory {
 public:
  // What stands for a group.
  struct standing {
    record_ref open;                   // a proposal or a problem
    instant rejected_at = no_instant;  // the last rejection
  };

  // Reads what it needs to know of incidents that were opened after `since`.
  recurrence_memory(const desk_state& state, const record_lookup& records, instant since);

  instant since() const { return since_; }
  std::vector<std::string> groups_of(const desk_state& state, std::uint32_t rule, const incident& record) const;
  // Of the group, those that count and were opened after the one and up to the other, in the order of opening.
  std::span<const recurrence_groups::opened> within(std::uint32_t rule, const std::string& group, instant after,
                                                    instant upto) const;
  standing of(std::uint32_t rule, const std::string& group) const;

  // The record is as `now` from now on, and was as `before` until now. Either may be null.
  void change(const desk_state& state, const incident* before, const incident* now);
  std::size_t memory_bytes() const;

 private:
  instant since_;
  using group_key = std::pair<std::uint32_t, std::string>;  // rule and group

  void enter(const group_key& key, record_ref record, instant rejected_at);
  void leave(const group_key& key, record_ref record, instant rejected_at);

  std::map<std::uint32_t, recurrence_groups> groups_;  // by rule
  std::map<group_key, std::vector<record_ref>> open_;  // that stand for a group
  std::map<group_key, std::vector<instant>> rejections_;
};

// Does it count, and is it there for all to know of? Requests, duplicates, cancelled ones, children and restricted ones do
// not.
bool recurs(const desk_state& state, const incident& record);
recurrence_traits traits_of(const desk_state& state, const incident& record);

}  // namespace tocsin::inline v1
