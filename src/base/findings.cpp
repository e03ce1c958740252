#include <tocsin/base/findings.hpp>

#include <string_view>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>

namespace tocsin::inline v1 {

void refuse_findings(const char* reason, const std::vector<std::string>& findings) {
  if (findings.empty()) return;
  const auto path_of = [](std::string_view finding) {
    return finding.starts_with('/') ? finding.substr(0, finding.find(": ")) : std::string_view();
  };
  std::string why;
  json_writer detail;
  detail.begin_object();
  detail.member("path", path_of(findings.front()));
  detail.key("findings");
  detail.begin_array();
  for (const std::string& finding : findings) {
    why += (why.empty() ? "" : "; ") + finding;
    detail.text(finding);
  }
  detail.end_array();
  detail.end_object();
  throw error(status::invalid_argument, reason, why, detail.take());
}

}  // namespace tocsin::inline v1
