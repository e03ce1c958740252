// What is asked about communication.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

enum class status_form : std::uint8_t { unset, json, html };
std::span<const std::string_view> choices(status_form);

// What a status page shows to everyone.
struct public_status_query {
  status_page_ref page;
  instant as_of = no_instant;             // the desk's clock where none is given
  status_form form = status_form::unset;  // JSON where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// An incident as those see it who are told of it.
struct subscriber_view_query {
  record_ref incident;
  std::string audience;        // none: all to which the actor belongs
  instant as_of = no_instant;  // the desk's clock where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
