// What became of the runs of rules, as entries tell it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/automation/events.hpp>
#include <tocsin/desk/answer_context.hpp>
#include <tocsin/desk/entry.hpp>

namespace tocsin::inline v1 {

struct told_action {
  automation_acted acted;
  instant at;
  std::uint64_t entry = 0;    // its sequence
  std::uint32_t request = 0;  // to the host
};

struct told_run {
  std::uint32_t run = 0;
  record_ref record;
  automation_begun begun;
  instant at;
  person_ref by;  // by hand: who
  std::vector<told_action> actions;
  automation_stop stopped = automation_stop::unset;
  bool ended = false;
};

struct told_stop {
  record_ref record;
  automation_stopped stopped;
  instant at;
};

// Told entry by entry, the oldest first. Runs of records are numbered by each; `before` had begun on a record already.
class automation_story {
 public:
  void add(const entry& e, record_ref only);  // only of that record; none: of all
  void number_from(record_ref record, std::uint32_t before);

  const std::vector<told_run>& runs() const { return runs_; }
  const std::vector<told_stop>& stops() const { return stops_; }

 private:
  void take(const entry& e, const event& happened);
  void begin(const entry& e, const event& happened, const automation_begun& begun);
  void stop(const entry& e, const event& happened, const automation_stopped& stopped);
  told_run* find(record_ref record, std::uint32_t run);
  std::uint32_t next_run(record_ref record);

  std::vector<told_run> runs_;
  std::vector<told_stop> stops_;
  std::vector<std::pair<record_ref, std::uint32_t>> begun_;  // how many, by record
};

// {"runs": [...], "stopped": [...]}, of each the last ones, as two members of the object that is being written.
void write_story(const answer_context& c, const automation_story& story, const document_names& names);

}  // namespace tocsin::inline v1
