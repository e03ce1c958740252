// A slice of a vendor's own: equipment that is lent, on any record that is open. One part of a record, two commands, three
// events and an effect, a timer, a reactor and a question; docs/slices.md goes through it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/slice.hpp>
#include <tocsin/model/record_parts.hpp>

namespace vendor {

// What is kept of a loan.
struct loan {
  static constexpr std::uint8_t part_number = tocsin::limits::host_parts_from;
  static const tocsin::part_type descriptor;

  std::string loan_item;
  tocsin::person_ref borrower;
  tocsin::instant lent_at = tocsin::no_instant;
  tocsin::instant return_due_at = tocsin::no_instant;
  tocsin::instant returned_at = tocsin::no_instant;
  bool return_overdue = false;

  static std::span<const tocsin::field_row> fields();
};

// ---- commands

struct lend_item {
  tocsin::record_ref incident;
  std::string item;
  tocsin::person_ref borrower;
  tocsin::instant due_at = tocsin::no_instant;

  static std::span<const tocsin::field_row> fields();
  static const tocsin::command_type descriptor;
};

struct return_item {
  tocsin::record_ref incident;
  std::string note;

  static std::span<const tocsin::field_row> fields();
  static const tocsin::command_type descriptor;
};

// ---- events

struct item_lent {
  std::string item;
  tocsin::person_ref borrower;
  tocsin::instant due_at = tocsin::no_instant;

  static std::span<const tocsin::field_row> fields();
  static const tocsin::event_type descriptor;
};

// By hand, or because the record ended.
struct item_returned {
  std::string note;
  bool with_record = false;

  static std::span<const tocsin::field_row> fields();
  static const tocsin::event_type descriptor;
};

struct loan_overdue {
  static std::span<const tocsin::field_row> fields();
  static const tocsin::event_type descriptor;
};

// An effect: it shows in the outbox.
struct loan_reminder {
  static constexpr bool effect = true;
  tocsin::person_ref borrower;
  std::string item;

  static std::span<const tocsin::field_row> fields();
  static const tocsin::event_type descriptor;
};

// ---- a question

struct loans_query {
  tocsin::person_ref borrower;  // none: everybody's

  static std::span<const tocsin::field_row> fields();
  static const tocsin::query_type descriptor;
};

extern const tocsin::slice loan_slice;

}  // namespace vendor
