// What is asked about playbooks.
#pragma once

#include <cstdint>
#include <span>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/query_type.hpp>

namespace tocsin::inline v1 {

// How the playbooks of a record stand: what may be done next, by whom, and how (R-C23).
struct playbook_query {
  record_ref record;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What is left before a record may be resolved, and before it may be closed (R-C24).
struct left_to_do_query {
  record_ref record;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// Was it handled by its playbook, and where did that first go another way (R-C07)?
struct conformance_query {
  record_ref record;
  playbook_ref playbook;      // none: that of its last run
  std::uint32_t version = 0;  // none: that of the run, or the latest

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
