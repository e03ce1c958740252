// Plays the scenario of a drill on a fork: its steps, what falls due, and how people answer pages, in order of time.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <tocsin/desk/desk.hpp>
#include <tocsin/drill/drill_scenario.hpp>

#include "answer_watch.hpp"

namespace tocsin::inline v1 {

class drill_play {
 public:
  drill_play(const desk& real, const drill_scenario& scenario, person_ref asker);

  void run();

  const desk& played() const { return fork_; }
  drill_watch& watched() { return watch_; }
  instant starts_at() const { return starts_at_; }
  instant ends_at() const { return ends_at_; }

 private:
  // What somebody, or the host, will do about a page.
  struct answer_to_come {
    heard_page page;
    drill_answer action = drill_answer::unset;  // unset: the host reports that it did not get there
  };

  instant next_step_at() const;
  instant next_act() const;
  void let_due_things_happen(instant before);
  void count_instant();
  void act_on_next();
  void take_step(const drill_step& step, const std::string& path);
  request read_step(const drill_step& step, const std::string& path) const;
  void hide_report(request& asked) const;
  void tell_step(const request& asked, record_ref record, const std::string& refused);
  void refuse_step(const request& asked, const error& e);
  void hear(const std::vector<heard_page>& pages);
  void react(const heard_page& page);
  const drill_reaction* rule_for(const heard_page& page);
  void carry_out(const answer_to_come& answer, instant at);
  bool is_open(const heard_page& page) const;
  void attempt(const answer_to_come& answer, instant at, command asked);
  static std::uint64_t find_record(const void* context, std::string_view text);

  const drill_scenario& scenario_;
  desk fork_;
  person_ref asker_;
  drill_watch watch_;
  const desk& real_;
  instant starts_at_;
  instant ends_at_;
  std::vector<std::size_t> steps_;  // places, in order of time
  std::size_t next_step_ = 0;
  std::map<std::pair<instant, std::uint64_t>, answer_to_come> answers_;  // by instant, then as they were decided
  std::uint64_t decided_ = 0;
  std::size_t instants_ = 0;
  bool has_begun_ = false;
  std::map<std::string, record_ref, std::less<>> labels_;
  std::set<std::tuple<std::uint64_t, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>> answered_;
  std::map<std::uint32_t, std::uint64_t> pages_of_;                       // of a person
  std::map<std::pair<std::size_t, std::uint32_t>, std::int64_t> fitted_;  // by rule and person
};

}  // namespace tocsin::inline v1
