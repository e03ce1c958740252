#include <conditions.hpp>

#include <arguments.hpp>
#include <exit_status.hpp>
#include <moment.hpp>

namespace shell {
namespace {

bool names_count(std::string_view name) { return name.size() > 6 && name.substr(name.size() - 6) == "_count"; }

// FROM..BEFORE
json parse_instants(const std::string& name, const std::string& text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) throw usage_error("--where " + name + " needs FROM..BEFORE; either may be left out");
  json range = json::object();
  const auto put = [&](const char* end, const std::string& instant) {
    if (!instant.empty()) range[end] = to_rfc3339(parse_instant_argument(instant, "--where " + name));
  };
  put("from", text.substr(0, dots));
  put("before", text.substr(dots + 2));
  return range;
}

// N, or LEAST..MOST
json parse_counts(const std::string& name, const std::string& text) {
  const std::size_t dots = text.find("..");
  const std::string least = text.substr(0, dots);
  const std::string most = dots == std::string::npos ? least : text.substr(dots + 2);
  json range = json::object();
  if (!least.empty()) range["least"] = parse_number(least, "--where " + name);
  if (!most.empty()) range["most"] = parse_number(most, "--where " + name);
  return range;
}

json parse_value(const std::string& name, const std::string& text) {
  if (names_instant(name)) return parse_instants(name, text);
  if (names_count(name)) return parse_counts(name, text);
  if (text == "true" || text == "false") return text == "true";
  return text;
}

}  // namespace

json parse_conditions(const std::vector<std::string>& conditions) {
  json where = json::object();
  for (const std::string& condition : conditions) {
    const std::size_t equals = condition.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw usage_error("--where needs name=value, not \"" + condition + "\"");
    }
    const std::string name = condition.substr(0, equals);
    if (where.contains(name)) throw usage_error("--where " + name + " is given twice");
    where[name] = parse_value(name, condition.substr(equals + 1));
  }
  return where;
}

}  // namespace shell
