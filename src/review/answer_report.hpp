// What reports share: who may read them, and what stands in each of them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tocsin/desk/answer_context.hpp>
#include <tocsin/review/incident_story.hpp>
#include <tocsin/review/report.hpp>

namespace tocsin::inline v1 {

class report_people;

// Whoever sees no more of a record than a requester does is shown what `get` shows, and no report.
void refuse_requesters(const answer_context& c);

// The record itself, or what it is the review of; null: the actor may not ask it of that.
incident_ptr reviewed_incident(const answer_context& c, const incident& record);

template <class Choice>
std::string text_of_choice(Choice value) {
  const auto number = static_cast<std::size_t>(value);
  return number == 0 ? std::string() : std::string(choices(value)[number - 1]);
}

// Left out where there is nothing to say.
void add_fact(report& to, const char* name, std::string value);

// The name that its definition gives it, else its key; empty where there is none.
std::string shown_name(const answer_context& c, service_ref service);
std::string shown_name(const answer_context& c, team_ref team);
void add_times(report& to, const response_times& times);
void add_story(report& to, std::span<const milestone> story, report_people& people);

// The answer: {"markdown"}, {"html"} or {"report"}.
void write_report(const answer_context& c, const report& r, report_form form);

}  // namespace tocsin::inline v1
