// What happens on the fork of a drill: its entries are read as they come, and what they say of the drill's incidents is
// kept. Effects end here.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/viewer.hpp>
#include <tocsin/drill/drill_result.hpp>

namespace tocsin::inline v1 {

struct page_bundle;

// A page that somebody got, of an incident of the drill.
struct heard_page {
  record_ref incident;
  std::uint32_t run = 0;  // 0: raised by hand; nothing can be answered
  std::uint32_t run_number = 0;
  std::uint32_t version = 0;
  person_ref person;
  std::string method;
  instant at = no_instant;
};

// An incident of the drill, and what was measured of it.
struct watched_incident {
  record_ref record;
  drill_incident measured;
  std::int64_t effects = 0;
  std::int64_t unreachable_pages = 0;
  bool escalated = false;
  std::map<std::uint32_t, drill_person> people;  // by the number of the person
  std::vector<drill_gap> gaps;

  void reached(std::string_view milestone, instant at);  // the first time counts
  void lacks(drill_gap_kind kind, std::string_view subject, instant at, std::string_view detail = {});
};

class drill_watch {
 public:
  // `real` is the desk that was forked: what it hides from whoever asks stays hidden, whatever the scenario changes.
  drill_watch(const desk& real, const desk& fork, const drill_scenario& scenario, person_ref asker);

  // From here on: what is in the journal now was there before the drill.
  void begin();
  // A step is about that record, or made it.
  void name(record_ref record, std::string_view label, instant at);
  // Reads what was added. Answers pages that somebody may react to.
  std::vector<heard_page> read_on();

  bool is_hidden(record_ref record) const { return real_.hides(record) || fork_view_.hides(record); }
  bool is_unreachable(person_ref person) const { return unreachable_.contains(person.index); }
  watched_incident* find(record_ref record);
  watched_incident& of_drill() { return as_a_whole_; }  // gaps of none of its incidents
  void tell(drill_moment moment, record_ref record);
  std::string key_of(person_ref person) const;

  // In the order in which they came up; those that are hidden from whoever asks left out.
  std::vector<watched_incident*> incidents();
  // The same for what happened. As many as a result lists; `not_listed`: how many more there were.
  std::vector<drill_moment> timeline() const;
  std::int64_t not_listed() const { return not_listed_; }

 private:
  struct told {
    drill_moment moment;
    std::uint64_t record = 0;
  };

  watched_incident* watch(record_ref record, instant at);
  void read(const entry& e, std::vector<heard_page>& pages);
  void measure(watched_incident& of, const entry& e, const event_body& body);
  void hear(watched_incident& of, const heard_page& heard, bool counts, std::vector<heard_page>& pages);
  void hear_bundle(const page_bundle& bundle, instant at, std::vector<heard_page>& pages);
  void tell_event(record_ref record, const entry& e, const event_body& body);

  const desk& fork_;
  viewer real_;
  viewer fork_view_;
  std::set<std::uint32_t> unreachable_;
  std::uint64_t read_to_ = 0;  // sequence
  std::uint64_t last_id_ = 0;  // of records that were there before
  std::size_t unlabelled_ = 0;
  std::vector<std::uint64_t> order_;
  std::map<std::uint64_t, watched_incident> watched_;  // by id
  std::set<std::uint64_t> others_;                     // records that came up and are no incidents
  watched_incident as_a_whole_;
  std::vector<told> timeline_;
  std::int64_t not_listed_ = 0;
};

}  // namespace tocsin::inline v1
