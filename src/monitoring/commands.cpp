#include <tocsin/monitoring/commands.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_text{limits::key_length_max};
constexpr max_length custom_values{limits::custom_fields_max};
constexpr max_length dedup_text{limits::dedup_key_length_max};

}  // namespace

std::span<const field_row> report_event::fields() {
  using self = report_event;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that says it", required, one_line, key_text),
      row<&self::dedup_key>("dedup_key", "What it is about; the same key again is the same incident", required,
                            one_line, dedup_text),
      row<&self::signal>("signal", "There is something (raise), it is over (clear), or the machine is well (heartbeat)",
                         required),
      row<&self::title>("title", "One line that says what is wrong; of a heartbeat, when it is missed", erasable,
                        one_line),
      row<&self::description>("description", "What happened, in full", full_text, personal),
      row<&self::service>("service", "Service that is affected"),
      row<&self::category>("category", "Category"),
      row<&self::impact>("impact", "How much is affected"),
      row<&self::urgency>("urgency", "How quickly it must be resolved"),
      row<&self::severity>("severity", "Technical severity, apart from priority"),
      row<&self::occurred_at>("occurred_at",
                              "When it began, if known; what lies ahead of the desk's clock is not taken"),
      row<&self::expires_after>("expires_after", "Of a heartbeat: it is missed when so long has gone without the next",
                                range{second.us, 366 * day.us}),
      row<&self::team>("team", "Team that gets it at once"),
      row<&self::custom>("custom", "Values of custom fields", custom_values, personal),
      row<&self::labels>("labels", "What else the machine says, by name", max_length(limits::event_labels_max)),
      row<&self::item>("item", "Service or configuration item that has failed; one that is not known affects nothing",
                       one_line, key_text),
  };
  return rows;
}

std::span<const field_row> schedule_maintenance::fields() {
  using self = schedule_maintenance;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Name of the window, of its own among those that are not over", required, one_line,
                      key_text),
      row<&self::from>("from", "When it begins", required),
      row<&self::until>("until", "When it ends; not included", required),
      row<&self::services>("services", "Services whose events are held back; none of these and of items: of all",
                           max_length(1000)),
      row<&self::sources>("sources", "Sources whose events are held back; none: of all", max_length(1000)),
      row<&self::where>("where", "Condition on the record that the event would be, in JsonLogic's syntax"),
      row<&self::reason>("reason", "What is done in it", erasable, required, one_line),
      row<&self::items>("items",
                        "Services and configuration items that are worked on; what fails or is degraded with "
                        "them is held back, too",
                        max_length(limits::maintenance_items_max)),
  };
  return rows;
}

std::span<const field_row> cancel_maintenance::fields() {
  using self = cancel_maintenance;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Name of the window", required, one_line, key_text),
      row<&self::reason>("reason", "Why", erasable, required, one_line, max_length(1000)),
  };
  return rows;
}

std::span<const field_row> change_maintenance::fields() {
  using self = change_maintenance;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Name of the window", required, one_line, key_text),
      row<&self::from>("from", "When it begins, if it has not begun; none: as it was"),
      row<&self::until>("until", "When it ends, not included; none: as it was"),
      row<&self::reason>("reason", "Why", erasable, required, one_line, max_length(1000)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
