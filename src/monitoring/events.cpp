#include <tocsin/monitoring/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_text{limits::key_length_max};
constexpr max_length dedup_text{limits::dedup_key_length_max};

}  // namespace

std::span<const field_row> maintenance_changed::fields() {
  using self = maintenance_changed;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "When it begins"),
      row<&self::until>("until", "When it ends; not included"),
      row<&self::reason>("reason", "Why", erasable),
  };
  return rows;
}

std::span<const field_row> occurrence_added::fields() {
  using self = occurrence_added;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that reported it", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Deduplication key of the machine", one_line, dedup_text),
      row<&self::title>("title", "Title of the report, where it is another than the record's", erasable, one_line),
      row<&self::labels>("labels", "Labels of the report, where they are others than before",
                         max_length(limits::event_labels_max)),
      row<&self::count>("count", "How often it was reported, this time included"),
      row<&self::after_resolution>("after_resolution", "It is resolved, though the machine never said that it is over"),
  };
  return rows;
}

std::span<const field_row> event_cleared::fields() {
  using self = event_cleared;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that says that it is over", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Deduplication key of the machine", one_line, dedup_text),
      row<&self::not_resolved>("not_resolved", "Why that did not resolve the incident", full_text),
  };
  return rows;
}

std::span<const field_row> event_bundled::fields() {
  using self = event_bundled;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that reported it", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Deduplication key of the machine", one_line, dedup_text),
      row<&self::title>("title", "Title of the report", erasable, one_line),
      row<&self::window>("window", "Maintenance window that held it back", one_line, key_text),
  };
  return rows;
}

std::span<const field_row> event_ignored::fields() {
  using self = event_ignored;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that said it", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Deduplication key of the machine", one_line, dedup_text),
      row<&self::signal>("signal", "What it said"),
  };
  return rows;
}

std::span<const field_row> heartbeat_received::fields() {
  using self = heartbeat_received;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that is well", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "What is missed without the next", one_line, dedup_text),
      row<&self::expires_after>("expires_after", "How long it may take until the next"),
      row<&self::expires_at>("expires_at", "When the next is missed"),
  };
  return rows;
}

std::span<const field_row> heartbeat_missed::fields() {
  static constexpr field_row rows[] = {
      row<&heartbeat_missed::last_heartbeat_at>("last_heartbeat_at", "When the last one came"),
  };
  return rows;
}

std::span<const field_row> maintenance_scheduled::fields() {
  using self = maintenance_scheduled;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Name of the window", one_line, key_text),
      row<&self::from>("from", "When it begins"),
      row<&self::until>("until", "When it ends; not included"),
      row<&self::services>("services", "Services whose events are held back; none of these and of items: of all",
                           max_length(1000)),
      row<&self::sources>("sources", "Sources whose events are held back; none: of all", max_length(1000)),
      row<&self::where>("where", "Condition on the record that the event would be"),
      row<&self::items>("items", "Services and configuration items that are worked on",
                        max_length(limits::maintenance_items_max)),
      row<&self::covers>("covers", "They, and what fails or is degraded with them, as the service graph is now",
                         max_length(limits::maintenance_covers_max)),
  };
  return rows;
}

std::span<const field_row> event_held_back::fields() {
  using self = event_held_back;
  static constexpr field_row rows[] = {
      row<&self::signal>("signal", "What the machine said"),
      row<&self::source>("source", "Machine that said it", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Deduplication key of the machine", one_line, dedup_text),
      row<&self::title>("title", "Title of the report", erasable, one_line),
      row<&self::category>("category", "Category"),
      row<&self::service>("service", "Service"),
      row<&self::team>("team", "Team that would have got it"),
      row<&self::impact>("impact", "How much is affected"),
      row<&self::urgency>("urgency", "How quickly it must be resolved"),
      row<&self::severity>("severity", "Technical severity"),
      row<&self::item>("item", "Service or configuration item that has failed", one_line, key_text),
  };
  return rows;
}

std::span<const field_row> maintenance_ended::fields() {
  using self = maintenance_ended;
  static constexpr field_row rows[] = {
      row<&self::held_count>("held_count", "How many events it held back"),
      row<&self::held>("held", "Which", max_length(limits::held_events_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
