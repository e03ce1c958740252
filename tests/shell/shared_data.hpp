// Where the real log lies that the tests may read and the project must not hold.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace shared_data {

inline std::filesystem::path folder() {
  const char* given = std::getenv("TOCSIN_SHARED_DATA");
  if (given != nullptr && *given != '\0') return given;
  return std::filesystem::path(TOCSIN_SOURCE_DIR) / ".." / "shared" / "data";
}

// The path of a file there; none where it is absent, and the test says that it was left out.
inline std::optional<std::filesystem::path> find(const std::string& name) {
  const std::filesystem::path path = folder() / name;
  if (std::filesystem::exists(path)) return path;
  MESSAGE("left out: no " << name << " here (set TOCSIN_SHARED_DATA to the folder that has it)");
  return {};
}

inline std::optional<std::filesystem::path> log_part() { return find("servicenow_incident_log_part.csv"); }

inline nlohmann::json expected() {
  std::ifstream file(folder() / "servicenow_incident_log_part_expected.json");
  return nlohmann::json::parse(file);
}

}  // namespace shared_data
