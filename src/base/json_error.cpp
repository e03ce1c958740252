#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>

namespace tocsin::inline v1 {

void write_error(json_writer& to, const error& e) {
  to.begin_object();
  to.member("status", name(e.code()));
  to.member("reason", e.reason());
  to.member("message", e.what());
  to.key("detail");
  to.raw(e.detail().empty() ? "{}" : e.detail());
  to.end_object();
}

}  // namespace tocsin::inline v1
