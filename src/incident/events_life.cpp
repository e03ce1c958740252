// Fields of the events about tasks, links, waits and what belongs to a record.
#include <tocsin/desk/event.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length task_numbers{limits::tasks_per_record_max};
constexpr max_length restricted_to{limits::restricted_to_max};
constexpr max_length duplicates_listed{limits::duplicates_max + 1};

}  // namespace

std::span<const std::string_view> choices(move_cause) {
  static constexpr std::string_view all[] = {"reply", "reminders", "longest_stay", "parent"};
  return all;
}

std::span<const std::string_view> choices(reopen_cause) {
  static constexpr std::string_view all[] = {"by_agent", "by_requester", "refused", "verification_failed", "by_parent"};
  return all;
}

std::span<const std::string_view> choices(work_notice_cause) {
  static constexpr std::string_view all[] = {"task_assigned", "task_overdue", "follow_up_due"};
  return all;
}

// ---- tasks

std::span<const field_row> task_added::fields() {
  using self = task_added;
  static constexpr field_row rows[] = {
      row<&self::task>("task", "Its number in the record"),
      row<&self::title>("title", "One line that says what is to be done", erasable),
      row<&self::description>("description", "What is to be done, in full", full_text, personal),
      row<&self::owner>("owner", "Person who is to do it"),
      row<&self::team>("team", "Team that is to do it"),
      row<&self::due_at>("due_at", "When it is to be done"),
      row<&self::blocking>("blocking", "The record cannot be resolved while it is open"),
      row<&self::depends_on>("depends_on", "Tasks that come before it", task_numbers),
  };
  return rows;
}

std::span<const field_row> task_changed::fields() {
  using self = task_changed;
  static constexpr field_row rows[] = {
      row<&self::task>("task", "Its number in the record"),
      row<&self::title>("title", "Title from now on", erasable),
      row<&self::description>("description", "Description from now on; none: as it was", full_text, personal),
      row<&self::owner>("owner", "Person who is to do it from now on"),
      row<&self::team>("team", "Team that is to do it from now on"),
      row<&self::due_at>("due_at", "When it is to be done"),
      row<&self::blocking>("blocking", "The record cannot be resolved while it is open"),
      row<&self::depends_on>("depends_on", "Tasks that come before it from now on", task_numbers),
  };
  return rows;
}

std::span<const field_row> task_begun::fields() {
  static constexpr field_row rows[] = {row<&task_begun::task>("task", "Its number in the record")};
  return rows;
}

std::span<const field_row> task_completed::fields() {
  static constexpr field_row rows[] = {
      row<&task_completed::task>("task", "Its number in the record"),
      row<&task_completed::outcome>("outcome", "What came of it", full_text, personal),
  };
  return rows;
}

std::span<const field_row> task_skipped::fields() {
  static constexpr field_row rows[] = {
      row<&task_skipped::task>("task", "Its number in the record"),
      row<&task_skipped::reason>("reason", "Why it is not to be done after all", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> task_overdue::fields() {
  static constexpr field_row rows[] = {row<&task_overdue::task>("task", "Its number in the record")};
  return rows;
}

std::span<const field_row> tasks_ended::fields() {
  static constexpr field_row rows[] = {
      row<&tasks_ended::tasks>("tasks", "Their numbers in the record", task_numbers),
      row<&tasks_ended::state>("state", "How they ended"),
  };
  return rows;
}

// ---- links

std::span<const field_row> records_linked::fields() {
  using self = records_linked;
  static constexpr field_row rows[] = {
      row<&self::kind>("kind", "Relation of the record to the other end"),
      row<&self::other>("other", "The other record"),
      row<&self::outside>("outside", "Kind of the other end, if that is in another system"),
      row<&self::outside_key>("outside_key", "Its key there"),
      row<&self::note>("note", "More about the link", full_text, personal),
  };
  return rows;
}

std::span<const field_row> records_unlinked::fields() {
  using self = records_unlinked;
  static constexpr field_row rows[] = {
      row<&self::kind>("kind", "Relation of the record to the other end, as it was"),
      row<&self::other>("other", "The other record"),
      row<&self::outside>("outside", "Kind of the other end"),
      row<&self::outside_key>("outside_key", "Its key there"),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> duplicate_marked::fields() {
  using self = duplicate_marked;
  static constexpr field_row rows[] = {
      row<&self::original>("original", "The record that it is a duplicate of"),
      row<&self::reason>("reason", "How it was recognised", erasable, full_text),
      row<&self::state>("state", "State from now on"),
      row<&self::state_kind>("state_kind", "What that state means"),
  };
  return rows;
}

std::span<const field_row> duplicates_gained::fields() {
  static constexpr field_row rows[] = {
      row<&duplicates_gained::duplicates>("duplicates", "Records that are duplicates of it", duplicates_listed),
  };
  return rows;
}

std::span<const field_row> duplicates_lost::fields() {
  static constexpr field_row rows[] = {
      row<&duplicates_lost::duplicates>("duplicates", "Records that follow another original now", duplicates_listed),
  };
  return rows;
}

std::span<const field_row> original_changed::fields() {
  static constexpr field_row rows[] = {
      row<&original_changed::original>("original", "The record that it is a duplicate of"),
  };
  return rows;
}

std::span<const field_row> move_withheld::fields() {
  static constexpr field_row rows[] = {
      row<&move_withheld::verb>("verb", "What should have happened to the record"),
      row<&move_withheld::cause>("cause", "Why it should have"),
      row<&move_withheld::unmet>("unmet", "What was not met", max_length(1000)),
  };
  return rows;
}

std::span<const field_row> cascade_limited::fields() {
  using self = cascade_limited;
  static constexpr field_row rows[] = {
      row<&self::links>("links", "By which links they would have been reached; none: by the command itself"),
      row<&self::verb>("verb", "What would have happened to them; none: their requesters would have been told"),
      row<&self::left>("left", "How many were left as they are"),
  };
  return rows;
}

std::span<const field_row> record_converted::fields() {
  using self = record_converted;
  static constexpr field_row rows[] = {
      row<&self::type>("type", "Type of the record from now on; none: an incident"),
      row<&self::workflow>("workflow", "Workflow that it runs on from now on"),
      row<&self::workflow_version>("workflow_version", "Version of that workflow"),
      row<&self::state>("state", "State from now on"),
      row<&self::state_kind>("state_kind", "What that state means"),
      row<&self::held_from>("held_from", "State that it returns to when its wait ends; none: the wait is over"),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> resolution_verified::fields() {
  static constexpr field_row rows[] = {
      row<&resolution_verified::passed>("passed", "The service recovered"),
      row<&resolution_verified::note>("note", "What was tried", full_text, personal),
  };
  return rows;
}

std::span<const field_row> closing_deferred::fields() { return {}; }

// ---- the wait

std::span<const field_row> hold_reminder::fields() {
  static constexpr field_row rows[] = {
      row<&hold_reminder::count>("count", "Reminders that have not been answered, with this one"),
      row<&hold_reminder::next_at>("next_at", "When the next one comes, or what follows the last"),
  };
  return rows;
}

std::span<const field_row> follow_up_set::fields() {
  static constexpr field_row rows[] = {row<&follow_up_set::at>("at", "When to look after the wait")};
  return rows;
}

std::span<const field_row> follow_up_due::fields() { return {}; }

// ---- what belongs to it

std::span<const field_row> attachment_added::fields() {
  using self = attachment_added;
  static constexpr field_row rows[] = {
      row<&self::attachment>("attachment", "Its number in the record"),
      row<&self::name>("name", "Name of the file", personal),
      row<&self::media_type>("media_type", "Media type"),
      row<&self::size>("size", "Size in bytes"),
      row<&self::sha256>("sha256", "SHA-256 of the bytes"),
      row<&self::uri>("uri", "Where the host keeps them", max_length(2000), personal),
      row<&self::visibility>("visibility", "Who may see it"),
  };
  return rows;
}

std::span<const field_row> attachment_removed::fields() {
  static constexpr field_row rows[] = {
      row<&attachment_removed::attachment>("attachment", "Its number in the record"),
      row<&attachment_removed::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> work_logged::fields() {
  using self = work_logged;
  static constexpr field_row rows[] = {
      row<&self::person>("person", "Who did it"),
      row<&self::spent>("spent", "Time spent"),
      row<&self::began_at>("began_at", "When it began"),
      row<&self::text>("text", "What was done", full_text, personal),
  };
  return rows;
}

std::span<const field_row> incident_restricted::fields() {
  using self = incident_restricted;
  static constexpr field_row rows[] = {
      row<&self::people>("people", "People who may see it", restricted_to),
      row<&self::teams>("teams", "Teams whose members may see it", restricted_to),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> restriction_lifted::fields() {
  static constexpr field_row rows[] = {row<&restriction_lifted::reason>("reason", "Why", erasable, full_text)};
  return rows;
}

std::span<const field_row> work_notice::fields() {
  using self = work_notice;
  static constexpr field_row rows[] = {
      row<&self::cause>("cause", "What is to be done"),
      row<&self::task>("task", "Of a task: its number in the record"),
      row<&self::team>("team", "Team to tell"),
      row<&self::person>("person", "Person to tell"),
  };
  return rows;
}

// ---- what is gone

std::span<const field_row> number_span::fields() {
  static constexpr field_row rows[] = {
      row<&number_span::first>("first", "From this one on"),
      row<&number_span::last>("last", "Up to this one, included"),
  };
  return rows;
}

std::span<const field_row> records_purged::fields() {
  using self = records_purged;
  static constexpr field_row rows[] = {
      row<&self::ended_before>("ended_before", "They ended before then"),
      row<&self::records>("records", "Ids of the records", max_length(limits::purged_records_max)),
      row<&self::entries>("entries", "Sequences of the entries that spoke of nothing else",
                          max_length(limits::purged_entries_max)),
      row<&self::gaps>("gaps", "SHA-256 of what the chain of hashes was before and after each run of these entries"),
      row<&self::reason>("reason", "Why", full_text),
  };
  return rows;
}

// ---- satisfaction (R-C45)

std::span<const field_row> resolution_rated::fields() {
  using self = resolution_rated;
  static constexpr field_row rows[] = {
      row<&self::cycle>("cycle", "Resolution that it is about: 1, and one more for each reopening"),
      row<&self::person>("person", "Who answered"),
      row<&self::requester>("requester", "Is the caller, or the caller of a duplicate"),
      row<&self::score>("score", "1, not at all satisfied, to 5, entirely"),
      row<&self::comment>("comment", "Comment", full_text, personal),
      row<&self::after_closing>("after_closing", "It was closed already"),
      row<&self::duplicate>("duplicate", "Duplicate that the answer came by"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
