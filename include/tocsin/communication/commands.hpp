// The commands of communication. Their fields stand in src/communication/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/communication/communication.hpp>
#include <tocsin/communication/status_page.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/model/record_template.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// What an audience is to be told; nobody is told yet.
struct draft_update {
  record_ref incident;
  std::string audience;
  update_stage stage = update_stage::unset;  // unset: as the incident is
  std::string title;
  std::string known;
  std::string impact;
  std::string workaround;
  instant next_update_at = no_instant;
  std::string update_template;  // key, in the policy: what is not said above
  std::vector<template_value> variables;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Somebody else than the author says that it may be published as it is.
struct approve_update {
  record_ref incident;
  std::uint32_t draft = 0;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// It is not published after all.
struct withdraw_update {
  record_ref incident;
  std::uint32_t draft = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct publish_update {
  record_ref incident;
  std::uint32_t draft = 0;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Somebody is told of this incident, as its audience is.
struct subscribe {
  record_ref incident;
  std::string audience;
  person_ref person;  // none: the actor

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Or is not, even where the policy names them.
struct unsubscribe {
  record_ref incident;
  std::string audience;
  person_ref person;  // none: the actor

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Somebody is told, as an audience is, of every incident that affects what is named, beside what they are told of already.
struct subscribe_to {
  std::string audience;
  std::vector<std::string> items;       // keys of services and configuration items
  std::vector<customer_ref> customers;  // what affects something of theirs
  person_ref person;                    // none: the actor
  bool in_room = false;                 // they belong into the situation room of a major incident that does

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Or is not told of what affects these any more.
struct unsubscribe_from {
  std::string audience;
  std::vector<std::string> items;
  std::vector<customer_ref> customers;  // neither items nor customers: all that they subscribed to
  person_ref person;                    // none: the actor

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Sets the status of a component by hand, for a time; in place of an override that it has.
struct override_component {
  status_page_ref page;
  std::string component;
  component_status status = component_status::unset;
  instant until = no_instant;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct end_override {
  status_page_ref page;
  std::string component;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
