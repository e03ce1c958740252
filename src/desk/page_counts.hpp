// How often somebody was paged in the windows that are under way, over all live records and what the entry under way has
// decided so far; and so whether one more page is held (E5).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/model/escalation_record.hpp>

namespace tocsin::inline v1 {

// Of one more page: the windows that it counts in, and whether it is held.
struct page_verdict {
  instant until = no_instant;
  instant service_until = no_instant;
  storm_limit by = storm_limit::unset;  // none: it is not held
  instant held_until = no_instant;
};

// What a run holds for a person: the latest of its pages, for all.
struct held_run {
  std::uint64_t number = 0;  // of the record
  record_ref record;
  std::uint32_t place = 0;  // of the run, from 0
  bundled_page page;
};

class page_counts {
 public:
  // `own` are the runs of the record as they stand; `said` what has been decided and does not show in records yet.
  page_counts(const incident& record, const std::vector<record_run>& own, const decision& given,
              const std::vector<event>& said);

  page_verdict judge(person_ref person, service_ref service, const storm_limits& storms) const;

  // The record that sent a bundle to the person at that instant or later.
  record_ref bundled_by(person_ref person, instant since) const;

  // All that is to go to the person by then, in the order of their records' numbers and their runs.
  std::vector<held_run> held(person_ref person, instant until) const;

 private:
  struct change {
    std::uint64_t record;
    std::uint32_t run;
    std::size_t place;  // in what was said
  };

  // Calls `visit(record, place, run)` for the record's own runs, and those of the marked ones, until it answers false.
  template <class Visit>
  void each_run(std::span<const page_index::mark> marked, Visit visit) const;
  template <class Visit>
  bool each_run_of(std::uint64_t id, Visit visit) const;
  const record_run* changed(std::uint64_t id, std::uint32_t run) const;
  bool is_paged_about_this(person_ref person) const;

  const incident& record_;
  const std::vector<record_run>& own_;
  const decision& given_;
  const std::vector<event>& said_;
  std::vector<change> changes_;  // of other records; the last of a run
};

}  // namespace tocsin::inline v1
