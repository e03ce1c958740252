// What became of an incident, to find improvement (R-P20).
#include <tocsin/desk/query.hpp>
#include <tocsin/desk/record_clocks.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/satisfaction.hpp>
#include <tocsin/sla/proof.hpp>

#include "review/answer.hpp"
#include "review/answer_people.hpp"
#include "review/answer_report.hpp"
#include "review/answer_story.hpp"

namespace tocsin::inline v1 {
namespace {

class closure_report {
 public:
  closure_report(const answer_context& c, report_people& people) : c_(c), people_(people), record_(*c.record) {}

  report make(std::span<const milestone> story) {
    r_.title = c_.d.show_number(record_.number) + " " + people_.text(record_.text->title);
    add_facts();
    add_times(r_, times_of(story));
    add_text("Description", record_.text->description);
    add_text("Resolution", record_.text->resolution_notes);
    add_story(r_, story, people_);
    add_clocks();
    add_links();
    add_satisfaction();
    return std::move(r_);
  }

 private:
  std::string word(word_kind kind, std::uint32_t number) const {
    return people_.text(c_.d.state().words.word(kind, number));
  }

  void fact(const char* name, std::string value) { add_fact(r_, name, std::move(value)); }
  void count(const char* name, std::uint32_t n) {
    if (n != 0) fact(name, std::to_string(n));
  }

  void add_facts() {
    fact("State", word(word_kind::state, record_.state.index));
    fact("Type", word(word_kind::record_type, record_.type.index));
    fact("Category", word(word_kind::category, record_.category.index));
    fact("Service", people_.text(shown_name(c_, record_.service)));
    fact("Impact", text_of_choice(record_.impact));
    fact("Urgency", text_of_choice(record_.urgency));
    fact("Priority", text_of_choice(record_.priority));
    fact("Severity", text_of_choice(record_.severity));
    fact("Caller", people_.person(record_.caller));
    fact("Team", people_.text(shown_name(c_, record_.team)));
    fact("Assignee", people_.person(record_.assignee));
    fact("Acknowledged first by", people_.person(record_.acknowledged_by));  // (R-O09)
    fact("Opened", text_of(record_.opened_at));
    fact("Resolved", text_of(record_.resolved_at));
    fact("Closed", text_of(record_.closed_at));
    fact("Cancelled", text_of(record_.cancelled_at));
    fact("Resolution code", word(word_kind::resolution_code, record_.resolution_code.index));
    if (is_set(record_.resolved_at)) fact("Permanent", record_.permanent ? "yes" : "no");
    count("Reopened", record_.reopen_count);
    count("Given to other teams", record_.reassignment_count);
    count("Held", record_.hold_count);
    if (record_.held_time.us != 0) fact("Time on hold", words_of(record_.held_time));
    const duration spent = details_of(record_).time_spent;
    if (spent.us != 0) fact("Time spent", words_of(spent));
  }

  void add_text(const char* title, const std::string& text) {
    if (!text.empty()) r_.texts.push_back({title, people_.text(text)});
  }

  void put(report_table table) {
    if (!table.rows.empty()) r_.tables.push_back(std::move(table));
  }

  void add_clocks() {
    report_table table{"Clocks", {"Policy", "State", "Outcome", "Target", "Elapsed", "Deadline", "Breached"}, {}};
    const incident_clocks& all = record_.part_or_empty<incident_clocks>();
    const instant now = c_.d.state().counters.clock;
    for (const incident_clock& one : all.clocks) {
      const sla_clock clock = clock_of(one, c_.d.state().definitions);
      const clock_verdict v = verdict_of(clock, read_clock(clock, all.clock_history, now));
      const auto given = [](const optional_duration& d) { return d ? words_of(duration{d.us}) : std::string(); };
      const std::string breached = v.breached && v.excused ? "yes, excused" : v.breached ? "yes" : "no";
      table.rows.push_back({word(word_kind::sla_policy, v.policy.index), text_of_choice(v.state),
                            text_of_choice(v.outcome), given(v.target), given(v.elapsed), text_of(v.deadline),
                            breached});
    }
    put(std::move(table));
  }

  // Those out of the desk, and those that the actor may ask this of.
  void add_links() {
    report_table table{"Links", {"Link", "Record", "Title", "State"}, {}};
    const record_filter may_see(c_.d, {}, c_.asked, c_.actor());
    for (const record_link& link : links_of(record_)) {
      if (!link.record) {
        table.rows.push_back({text_of_choice(link.kind), people_.text(link.outside_key), "", ""});
        continue;
      }
      const incident_ptr other = c_.d.find(link.record);
      if (!other || !may_see(*other)) continue;
      table.rows.push_back({text_of_choice(link.kind), c_.d.show_number(other->number),
                            people_.text(other->text->title), word(word_kind::state, other->state.index)});
    }
    put(std::move(table));
  }

  void add_satisfaction() {
    report_table table{"Satisfaction", {"Cycle", "Who", "Score", "Comment"}, {}};
    for (const satisfaction_answer& one : satisfaction_of(record_)) {
      table.rows.push_back({std::to_string(one.cycle), people_.person(one.person), std::to_string(one.score),
                            people_.text(one.comment)});
    }
    put(std::move(table));
  }

  const answer_context& c_;
  report_people& people_;
  const incident& record_;
  report r_;
};

}  // namespace

std::span<const field_row> closure_report_query::fields() {
  using self = closure_report_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::form>("form", "As markdown, html or json; json where nothing is given"),
      row<&self::gap>("gap", "Gaps that are longer are flagged; half an hour where nothing is given",
                      range{1, limits::timeline_gap_max.us}),
      row<&self::blameless>("blameless", "People are called by what they were there for, not by name"),
  };
  return rows;
}

void answer(const answer_context& c, const closure_report_query& query) {
  refuse_requesters(c);
  const std::vector<milestone> story = story_of(c, *c.record, query.gap);
  report_people people(c, query.blameless, c.record.get(), nullptr, story);
  write_report(c, closure_report(c, people).make(story), query.form);
}

}  // namespace tocsin::inline v1
