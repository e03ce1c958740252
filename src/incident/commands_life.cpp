// Fields of the commands about tasks, links and what belongs to a record.
#include <tocsin/desk/command.hpp>
#include <tocsin/model/satisfaction.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_text{limits::key_length_max};
constexpr max_length task_numbers{limits::tasks_per_record_max};
constexpr max_length restricted_to{limits::restricted_to_max};
constexpr range task_number{1, static_cast<std::int64_t>(limits::tasks_per_record_max)};
constexpr range due_range{0, 3650 * day.us};
constexpr const char* due_in_meaning = "Instead of due_at: so much open time of due_calendar from now";
constexpr const char* due_days_meaning =
    "Instead of due_at: the end of the n-th business day of due_calendar after today's, which is 0";
constexpr const char* due_calendar_meaning = "Calendar that due_in and due_business_days count by; none: real time";

}  // namespace

std::span<const field_row> add_task::fields() {
  using self = add_task;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::title>("title", "One line that says what is to be done", erasable, required, one_line),
      row<&self::description>("description", "What is to be done, in full", full_text, personal),
      row<&self::owner>("owner", "Person who is to do it"),
      row<&self::team>("team", "Team that is to do it"),
      row<&self::due_at>("due_at", "When it is to be done"),
      row<&self::blocking>("blocking", "The incident cannot be resolved while it is open"),
      row<&self::depends_on>("depends_on", "Tasks that come before it, by number", task_numbers, task_number),
      row<&self::due_in>("due_in", due_in_meaning, due_range),
      row<&self::due_business_days>("due_business_days", due_days_meaning, range{0, 3650}),
      row<&self::due_calendar>("due_calendar", due_calendar_meaning),
  };
  return rows;
}

std::span<const field_row> change_task::fields() {
  using self = change_task;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::task>("task", "Task by its number in the incident", required, task_number),
      row<&self::title>("title", "One line that says what is to be done", erasable, one_line),
      row<&self::description>("description", "What is to be done, in full", full_text, personal),
      row<&self::owner>("owner", "Person who is to do it"),
      row<&self::team>("team", "Team that is to do it"),
      row<&self::due_at>("due_at", "When it is to be done"),
      row<&self::without_due>("without_due", "There is no due time any more"),
      row<&self::blocking>("blocking", "The incident cannot be resolved while it is open"),
      row<&self::depends_on>("depends_on", "Tasks that come before it, by number, in place of those before",
                             task_numbers, task_number),
      row<&self::without_dependencies>("without_dependencies", "No task comes before it any more"),
      row<&self::due_in>("due_in", due_in_meaning, due_range),
      row<&self::due_business_days>("due_business_days", due_days_meaning, range{0, 3650}),
      row<&self::due_calendar>("due_calendar", due_calendar_meaning),
  };
  return rows;
}

std::span<const field_row> begin_task::fields() {
  static constexpr field_row rows[] = {
      row<&begin_task::incident>("incident", "Incident by number or id", required),
      row<&begin_task::task>("task", "Task by its number in the incident", required, task_number),
  };
  return rows;
}

std::span<const field_row> complete_task::fields() {
  using self = complete_task;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::task>("task", "Task by its number in the incident", required, task_number),
      row<&self::outcome>("outcome", "What came of it", full_text, personal),
  };
  return rows;
}

std::span<const field_row> skip_task::fields() {
  using self = skip_task;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::task>("task", "Task by its number in the incident", required, task_number),
      row<&self::reason>("reason", "Why it is not to be done after all", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> link_records::fields() {
  using self = link_records;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::kind>("kind", "Relation of the incident to the other end", required),
      row<&self::other>("other", "The other record, by number or id"),
      row<&self::outside>("outside", "Kind of the other end, if that is in another system"),
      row<&self::outside_key>("outside_key", "Its key there", one_line, key_text),
      row<&self::note>("note", "More about the link", full_text, personal),
  };
  return rows;
}

std::span<const field_row> unlink_records::fields() {
  using self = unlink_records;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::kind>("kind", "Relation of the incident to the other end", required),
      row<&self::other>("other", "The other record, by number or id"),
      row<&self::outside>("outside", "Kind of the other end, if that is in another system"),
      row<&self::outside_key>("outside_key", "Its key there", one_line, key_text),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> mark_duplicate::fields() {
  using self = mark_duplicate;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::of>("of", "The record that it is a duplicate of; of a duplicate, its original is meant", required),
      row<&self::reason>("reason", "How it was recognised", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> convert_record::fields() {
  using self = convert_record;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Record by number or id", required),
      row<&self::type>("type", "Type of record that it becomes; \"incident\", an ordinary one, where none is given"),
      row<&self::reason>("reason", "Why", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> verify_resolution::fields() {
  using self = verify_resolution;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::passed>("passed", "The service recovered; false: it did not, and the incident reopens", required),
      row<&self::note>("note", "What was tried", full_text, personal),
  };
  return rows;
}

std::span<const field_row> add_attachment::fields() {
  using self = add_attachment;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::name>("name", "Name of the file", required, one_line, personal),
      row<&self::media_type>("media_type", "Media type, as type/subtype (RFC 6838)", required, one_line),
      row<&self::size>("size", "Size in bytes", range{0, INT64_MAX}),
      row<&self::sha256>("sha256", "SHA-256 of the bytes, as 64 lower-case hexadecimal digits", required, one_line),
      row<&self::uri>("uri", "Where the host keeps them", one_line, max_length(2000), personal),
      row<&self::visibility>("visibility", "Who may see it; internal where nothing is said"),
  };
  return rows;
}

std::span<const field_row> remove_attachment::fields() {
  using self = remove_attachment;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::attachment>("attachment", "Attachment by its number in the incident", required, range{1, UINT32_MAX}),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> log_work::fields() {
  using self = log_work;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::spent>("spent", "Time spent", required, range{1, 366 * day.us}),
      row<&self::began_at>("began_at", "When it began"),
      row<&self::person>("person", "Who did it; the actor where nobody is named"),
      row<&self::text>("text", "What was done", full_text, personal),
  };
  return rows;
}

std::span<const field_row> restrict_incident::fields() {
  using self = restrict_incident;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::people>("people", "People who may see it", restricted_to),
      row<&self::teams>("teams", "Teams whose members may see it", restricted_to),
      row<&self::reason>("reason", "Why", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> lift_restriction::fields() {
  using self = lift_restriction;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> purge_records::fields() {
  using self = purge_records;
  static constexpr field_row rows[] = {
      row<&self::ended_before>("ended_before", "Records that ended before then, and were not touched since", required),
      row<&self::limit>("limit", "How many at most, the oldest first",
                        range{0, static_cast<std::int64_t>(limits::purged_records_max)}),
      row<&self::reason>("reason", "Why", full_text),
  };
  return rows;
}

// ---- satisfaction (R-C45)

std::span<const field_row> rate_resolution::fields() {
  using self = rate_resolution;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id; a duplicate stands for its original", required),
      row<&self::score>("score", "1, not at all satisfied, to 5, entirely", required,
                        range{1, limits::satisfaction_score_max}),
      row<&self::comment>("comment", "Comment", full_text, personal),
      row<&self::person>("person", "Person whose answer the host passes on; the actor where none is given"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
