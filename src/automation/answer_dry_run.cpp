// What rules would do: each is asked as the reactor asks it, and those that would run do so on a fork of the desk.
#include "answer.hpp"

#include <tocsin/automation/commands.hpp>
#include <tocsin/base/error.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/model/incident.hpp>

#include "automation/answer_story.hpp"
#include "automation/decide.hpp"
#include "automation/publish.hpp"
#include "automation/react.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::uint64_t entries_tried_max = 2'000;  // by one dry run

// Whoever asks may have written the conditions, those too that are asked of what the rules bring about.
desk fork_as_seen(const answer_context& c) {
  const incident_ptr without = is_final(c.record->state_kind) ? nullptr : c.by.without_hidden(*c.record);
  return without ? c.d.fork({&without, 1}) : c.d.fork();
}

const event_type& type_of_event(const std::string& name) {
  if (const event_type* type = find_trigger(name)) return *type;
  throw error(status::invalid_argument, "automation.unknown_event", "/event: no rule runs on " + quoted(name),
              refusal_detail("/event", refused_value::text(name), "the name of an event of records"));
}

class rehearsal_of_rules {
 public:
  rehearsal_of_rules(const answer_context& c, const dry_run_automation_query& asked)
      : c_(c), desk_(fork_as_seen(c)), now_(c.d.state().counters.clock), type_(type_of_event(asked.event)) {
    void* const body = happened_.emplace(type_);
    if (asked.members) {
      read_object(asked.members.text, type_.fields(), body, {&desk_.state().words, nullptr, nullptr, nullptr},
                  "the members of the event");
    }
    if (!asked.rules.empty()) publish_rules(asked.rules);
    record_ = desk_.find({c.record->id});
    const incident_ptr without = c.by.without_hidden(*record_);
    seen_ = without ? without : record_;
  }

  void run() {
    c_.to.key("rules");
    c_.to.begin_array();
    ask_all();
    c_.to.end_array();
    play();
  }

 private:
  void publish_rules(const std::vector<automation_rule>& rules) {
    publish pack;
    pack.definitions.of<automation_rule>() = rules;
    desk_.execute({.at = now_, .actor = host_person, .asked = std::move(pack)});
  }

  void ask_all() {
    const record_lookup none;
    const decision given{desk_.state(), none, now_, now_, c_.actor()};
    const automation_occasion occasion{*seen_, nullptr, given};
    record_automation on = record_->part_or_empty<record_automation>();
    bool stopped = false;
    for (const active_automation_rule& one : rules_in_force(desk_.state())) {
      const std::string_view because = stopped ? "earlier_rule" : why_not(one, occasion, on);
      write(one, because, inputs_of(*one.rule, occasion));
      if (!because.empty()) continue;
      begin_run(on, {0, one.ref, one.version, {}, 0}, now_);
      to_run_.push_back(one.ref);
      stopped = one.rule->definition.stop_processing;
    }
  }

  // Empty: it would run.
  std::string_view why_not(const active_automation_rule& one, const automation_occasion& occasion,
                           const record_automation& on) const {
    if (!takes_automation(*record_)) return "record";
    if (!concerns(*one.rule, *record_, desk_.state())) return "record_type";
    if (std::ranges::find(one.rule->on, &type_) == one.rule->on.end()) return "event";
    if (!holds_on_event(*one.rule, happened_, occasion)) return "event_when";
    if (!holds_on_record(*one.rule, occasion)) return "when";
    const automation_stop stop = guard(on, one.ref, {}, now_);
    return stop == automation_stop::unset ? std::string_view() : choices(stop)[static_cast<std::size_t>(stop) - 1];
  }

  void write(const active_automation_rule& one, std::string_view because, const std::string& why) const {
    c_.to.begin_object();
    c_.to.member("rule", one.rule->definition.key);
    c_.to.member("order", one.rule->definition.order);
    c_.to.member_boolean("runs", because.empty());
    if (!because.empty()) c_.to.member("because", because);
    if (!why.empty()) {
      c_.to.key("why");
      c_.to.raw(why);
    }
    c_.to.end_object();
  }

  // Each begins by hand, as conditions were asked already; what follows sets off others as it would.
  void play() {
    const std::uint64_t head = desk_.state().counters.sequence;
    automation_story story;
    story.number_from({record_->id}, record_->part_or_empty<record_automation>().automation_runs);
    for (const automation_rule_ref rule : to_run_) {
      desk_.execute({.at = now_, .actor = host_person, .asked = run_automation{{record_->id}, rule, {}}});
    }
    const bool more = !to_run_.empty() && desk_.advance(now_, entries_tried_max).more;
    for (std::uint64_t s = head + 1; s <= desk_.state().counters.sequence; ++s) {
      story.add(desk_.read_entry(s), record_ref{record_->id});
    }
    write_story(c_, story, names_of(desk_));
    if (more) c_.to.member_boolean("more", true);
  }

  const answer_context& c_;
  desk desk_;
  instant now_;
  const event_type& type_;
  event_body happened_;
  incident_ptr record_;  // as the fork has it
  incident_ptr seen_;    // without what is hidden from whoever asks: they may have written the conditions
  std::vector<automation_rule_ref> to_run_;
};

}  // namespace

std::span<const field_row> dry_run_automation_query::fields() {
  using self = dry_run_automation_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Record by number or id", required),
      row<&self::event>("event", "Name of what is assumed to happen to it", required, one_line,
                        max_length{limits::key_length_max}),
      row<&self::members>("members", "What the event says; none: nothing"),
      row<&self::rules>("rules", "Rules that have not been published, beside those that have",
                        max_length{limits::automation_tried_max}),
  };
  return rows;
}

void answer(const answer_context& c, const dry_run_automation_query& query) {
  c.to.begin_object();
  c.to.member("incident", c.d.show_number(c.record->number));
  c.to.member("event", query.event);
  rehearsal_of_rules(c, query).run();
  c.to.end_object();
}

}  // namespace tocsin::inline v1
