// `--where name=value` as the "where" of a question.
#pragma once

#include <string>
#include <vector>

#include <json_text.hpp>

namespace shell {

// "priority=high", "open=true", "opened_at=2026-11-01T00:00:00Z..2026-12-01T00:00:00Z", "reopen_count=1.."; of a range
// either end may be left out.
json parse_conditions(const std::vector<std::string>& conditions);

}  // namespace shell
