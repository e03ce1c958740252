// The events of security incidents. Their fields stand in src/security/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// How it came to be one.
enum class security_source : std::uint8_t { unset, logged, declared, reported };
std::span<const std::string_view> choices(security_source);

struct security_incident_begun {
  security_source source = security_source::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct embargo_set {
  instant embargo_until = no_instant;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct embargo_lifted {
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell those who have it that its embargo is over.
struct embargo_ended {
  static constexpr bool effect = true;
  instant embargo_until = no_instant;
  person_ref person;
  team_ref team;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct disclosure_date_set {
  instant disclosure_at = no_instant;
  instant previous_at = no_instant;  // the date until now; none: the first
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell those who have it that its disclosure comes.
struct disclosure_due {
  static constexpr bool effect = true;
  instant disclosure_at = no_instant;
  person_ref person;
  team_ref team;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell those who have it that the date has passed, and it was not disclosed.
struct disclosure_overdue {
  static constexpr bool effect = true;
  instant disclosure_at = no_instant;
  person_ref person;
  team_ref team;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct security_disclosed {
  std::string advisory;
  std::string text;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct reporter_invited {
  std::uint32_t report = 0;
  person_ref reporter;
  std::string contact;
  instant received_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct report_acknowledged {
  std::uint32_t report = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct reporter_message {
  std::uint32_t report = 0;
  bool from_reporter = false;
  std::string text;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class reporter_notice_cause : std::uint8_t { unset, received, acknowledged, message, date_set, disclosed };
std::span<const std::string_view> choices(reporter_notice_cause);

// Tell the reporter that there is something new in their thread. It says nothing of the record.
struct reporter_notice {
  static constexpr bool effect = true;
  reporter_notice_cause cause = reporter_notice_cause::unset;
  std::string report;  // "3-1"
  person_ref reporter;
  std::string contact;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell those who have it that a reporter wrote.
struct reporter_wrote {
  static constexpr bool effect = true;
  std::uint32_t report = 0;
  person_ref person;
  team_ref team;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
