// What a linter finds in a definition, one finding each: "/length: found 0, allowed 1 to 1000".
#pragma once

#include <string>
#include <vector>

namespace tocsin::inline v1 {

// Throws `invalid_argument` where there are any: all of them in the message, each with its path in the detail.
void refuse_findings(const char* reason, const std::vector<std::string>& findings);

}  // namespace tocsin::inline v1
