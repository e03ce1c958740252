// What is asked about security incidents.
#pragma once

#include <span>
#include <string>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/query_type.hpp>

namespace tocsin::inline v1 {

// Its embargo and its disclosure, what is left until then, who reported it, and who knows of it, by whom and why.
struct disclosure_query {
  record_ref incident;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What a reporter sees of their report: how it goes, and what was written to and fro. Whoever may ask `disclosure` of the
// record sees the same. Nobody's names are in it.
struct reporter_thread_query {
  std::string report;  // "3-1"; none: which reports the asker has made of what is not over

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
