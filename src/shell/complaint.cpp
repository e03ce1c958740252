#include <complaint.hpp>

#include <string>
#include <string_view>

#include <json_text.hpp>
#include <output.hpp>
#include <text.hpp>

namespace shell {
namespace {

// What the message says already; the rest of a detail, ids and indexes, is worth a line.
std::string detail_beyond_message(const tocsin::client::failure& failure) {
  json detail = json::parse(failure.detail(), nullptr, false);
  if (!detail.is_object()) return {};
  for (const char* said : {"path", "found", "allowed", "nearest", "why", "unmet", "byte"}) detail.erase(said);
  return detail.empty() ? std::string() : printable(detail.dump());
}

}  // namespace

void complain_of(const tocsin::client::failure& failure) {
  const std::string reason = failure.reason();
  std::string more;
  if (!reason.empty()) more += "  reason: " + printable(reason);
  const std::string detail = detail_beyond_message(failure);
  if (!detail.empty()) more += (more.empty() ? "" : "\n") + ("  detail: " + detail);
  complain(printable(failure.message()), more);
}

exit_status exit_status_of(const tocsin::client::failure& failure) {
  const bool is_of_the_file = std::string_view(failure.reason()).substr(0, 6) == "store.";
  if (is_of_the_file) return exit_io;  // missing, in use, fenced, damaged ...
  switch (failure.status()) {
    case TOCSIN_BUSY:
    case TOCSIN_CORRUPT:
    case TOCSIN_IO:
    case TOCSIN_UNSUPPORTED:
      return exit_io;
    case TOCSIN_INTERNAL:
    case TOCSIN_OUT_OF_MEMORY:
      return exit_internal;
    default:
      return exit_refused;
  }
}

bool is_fatal(const tocsin::client::failure& failure) {
  return exit_status_of(failure) != exit_refused || failure.status() == TOCSIN_CANCELLED;
}

}  // namespace shell
