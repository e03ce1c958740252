#include <tocsin/model/monitoring.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_text{limits::key_length_max};
constexpr max_length dedup_text{limits::dedup_key_length_max};

}  // namespace

std::span<const std::string_view> choices(event_signal) {
  static constexpr std::string_view all[] = {"raise", "clear", "heartbeat"};
  return all;
}

std::span<const std::string_view> choices(clear_action) {
  static constexpr std::string_view all[] = {"resolve", "note"};
  return all;
}

std::span<const field_row> event_label::fields() {
  static constexpr field_row rows[] = {
      row<&event_label::name>("name", "Name of the label", required, one_line),
      row<&event_label::value>("value", "Its value", max_length(1000)),
  };
  return rows;
}

std::span<const field_row> event_source::fields() {
  using self = event_source;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Name of the source as its events give it; \"default\": of all others", required, one_line,
                      key_text),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::on_clear>("on_clear", "What a clear does to an open incident: resolve it, or note it alone"),
      row<&self::resolution_code>("resolution_code", "Code of what a clear resolves", one_line, key_text),
      row<&self::reopen_within>(
          "reopen_within",
          "A raise so soon after a clear reopens; none: as long as the workflow lets an incident reopen",
          range{0, 3650 * day.us}),
      row<&self::incidents_max>("incidents_max",
                                "New incidents that it may have in `incidents_within`; more are bundled",
                                range{1, limits::source_incidents_max}),
      row<&self::incidents_within>("incidents_within", "The time that `incidents_max` is for",
                                   range{second.us, 7 * day.us}),
      row<&self::record_template>(
          "template", "Key of the template of its incidents; labels and fields of the event are its variables",
          one_line, key_text),
      row<&self::retired>("retired", "As if it were not published"),
  };
  return rows;
}

std::vector<std::string> lint(const event_source& definition) {
  std::vector<std::string> findings;
  if (definition.on_clear == clear_action::resolve && definition.resolution_code.empty()) {
    findings.emplace_back("on_clear resolves, but there is no resolution_code");
  }
  return findings;
}

std::span<const field_row> bundled_event::fields() {
  static constexpr field_row rows[] = {
      row<&bundled_event::source>("source", "Source of the event", one_line, key_text),
      row<&bundled_event::dedup_key>("dedup_key", "Its deduplication key", one_line, dedup_text),
      row<&bundled_event::count>("count", "How often it was raised"),
      row<&bundled_event::still_raised>("still_raised", "The source has not said that it is over"),
  };
  return rows;
}

std::span<const field_row> incident_monitoring::fields() {
  using self = incident_monitoring;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that reported it", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "What the machine calls it; the same key again is the same incident", one_line,
                            dedup_text),
      row<&self::labels>("labels", "Labels of the last report", max_length(limits::event_labels_max)),
      row<&self::latest_title>("latest_title", "Title of the last report, where it is another", erasable, one_line),
      row<&self::still_raised>("still_raised", "The machine has not said that it is over"),
      row<&self::occurrence_count>("occurrence_count", "How often it was reported"),
      row<&self::last_occurrence_at>("last_occurrence_at", "When it was reported last"),
      row<&self::cleared_at>("cleared_at", "When the machine last said that it is over"),
      row<&self::bundled>("bundled", "Events that this one incident stands for",
                          max_length(limits::bundled_events_max)),
      row<&self::unlisted_count>("unlisted_count", "Events that it stands for beside those"),
      row<&self::expires_after>("expires_after",
                                "Of a watch: a heartbeat is missed when so long has gone since the last"),
      row<&self::expires_at>("expires_at", "Of a watch: when the next heartbeat is missed"),
      row<&self::last_heartbeat_at>("last_heartbeat_at", "Of a watch: when the last heartbeat came"),
  };
  return rows;
}

std::span<const field_row> held_event::fields() {
  using self = held_event;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Source of the event", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Its deduplication key", one_line, dedup_text),
      row<&self::count>("count", "How often it was raised"),
      row<&self::still_raised>("still_raised", "The source has not said that it is over"),
      row<&self::first_at>("first_at", "When it was raised first"),
      row<&self::last_at>("last_at", "When it was raised last"),
      row<&self::entry>("entry", "Entry of the journal that has the first report"),
      row<&self::title>("title", "Its title", erasable, one_line),
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

std::span<const field_row> incident_maintenance::fields() {
  using self = incident_maintenance;
  static constexpr field_row rows[] = {
      row<&self::maintenance_key>("maintenance_key", "Name of the window", one_line, key_text),
      row<&self::maintenance_from>("maintenance_from", "When it begins"),
      row<&self::maintenance_until>("maintenance_until", "When it ends; not included"),
      row<&self::maintenance_services>("maintenance_services",
                                       "Services whose events it holds back; none of these and of items: of all",
                                       max_length(1000)),
      row<&self::maintenance_sources>("maintenance_sources", "Sources whose events it holds back; none: of all",
                                      max_length(1000)),
      row<&self::maintenance_where>("maintenance_where", "Condition on the record that the event would be"),
      row<&self::held>("held", "Events that it held back", max_length(limits::held_events_max)),
      row<&self::held_count>("held_count", "How many events it held back"),
      row<&self::maintenance_over>("maintenance_over", "What it held back has been said, and released"),
      row<&self::maintenance_items>("maintenance_items", "Services and configuration items that are worked on",
                                    max_length(limits::maintenance_items_max)),
      row<&self::maintenance_covers>("maintenance_covers", "They, and what fails or is degraded with them",
                                     max_length(limits::maintenance_covers_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
