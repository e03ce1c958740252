// What a path holds before SQLite touches it: nothing, a desk, or something that is to be left alone.
#pragma once

#include <cstdint>
#include <string>

#include <tocsin/store/sqlite_store.hpp>

namespace tocsin::inline v1::sqlite {

inline constexpr std::int64_t application_id = 0x746f6373;  // "tocs"
inline constexpr std::int64_t schema_version = 2;

// The path from the root, links resolved: SQLite takes no name for a URI or for memory, a change of folder changes
// nothing, and a file has one owner by whatever name.
std::string absolute_path(const std::string& path);

// Throws for what is no desk, or is not there although it must be; changes nothing.
void inspect_file(const std::string& path, const sqlite_options& options);

[[noreturn]] void refuse_foreign(const std::string& path, std::int64_t found_application_id);
[[noreturn]] void refuse_newer(const std::string& path, const std::string& found, const std::string& allowed);

}  // namespace tocsin::inline v1::sqlite
