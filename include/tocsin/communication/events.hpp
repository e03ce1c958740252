// The events of communication. Their fields stand in src/communication/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/communication/communication.hpp>
#include <tocsin/communication/communication_policy.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct update_drafted {
  std::uint32_t draft = 0;
  std::string audience;
  tocsin::visibility visibility = visibility::unset;
  bool approval = false;
  update_stage stage = update_stage::unset;
  std::string title;
  std::string known;
  std::string impact;
  std::string workaround;
  instant next_update_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct update_approved {
  std::uint32_t draft = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct update_withdrawn {
  std::uint32_t draft = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct update_published {
  std::uint32_t draft = 0;
  std::string audience;
  bool on_status_page = false;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct audience_subscribed {
  std::string audience;
  person_ref person;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct audience_unsubscribed {
  std::string audience;
  person_ref person;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// When the audience is told next; no interval: no more updates are due.
struct audience_update_scheduled {
  std::string audience;
  duration every;
  instant since = no_instant;
  instant due_at = no_instant;
  instant remind_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Send an update, as it is rendered here, by one channel.
struct audience_update {
  static constexpr bool effect = true;
  std::uint32_t draft = 0;
  std::string audience;
  tocsin::visibility visibility = visibility::unset;
  communication_channel channel = communication_channel::unset;
  std::string subject;  // of a mail and on a status page
  std::string body;
  std::uint32_t messages = 0;            // that a short message takes on its way
  std::vector<person_ref> people;        // to whom; on a status page, to nobody in particular
  std::vector<customer_ref> customers;   // and whoever the host knows at these
  std::vector<person_ref> unsubscribed;  // but not to them

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell whoever is to write it that an update was due and was not there.
struct audience_update_overdue {
  static constexpr bool effect = true;
  std::string audience;
  instant due_at = no_instant;
  instant next_due_at = no_instant;
  std::uint32_t missed = 0;
  std::string role;  // none: the person is the assignee, or there is nobody
  person_ref person;
  team_ref team;                   // of the incident
  instant remind_at = no_instant;  // of the next one

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Remind whoever is to write it that an update falls due.
struct audience_update_due {
  static constexpr bool effect = true;
  std::string audience;
  instant due_at = no_instant;
  std::string role;  // as above
  person_ref person;
  team_ref team;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
