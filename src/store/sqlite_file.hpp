// What a path holds before SQLite touches it: nothing, a desk, or something that is to be left alone.
#pragma once

#include <cstdint>
#include <string>

#include <tocsin/store/sqlite_store.hpp>

namespace tocsin::inline v1::sqlite {

inline constexpr std::int64_t application_id = 0x746f6373;  // "tocs"
inline constexpr std::int64_t schema_version = 3;

// The path from the root, links resolved: SQLite takes no name for a URI or for memory, a change of folder changes
// nothing, and a file has one owner by whatever name.
std::string absolute_path(const std::string& path);

// Throws for what is no desk, or is not there although it must be; changes nothing.
void inspect_file(const std::string& path, const sqlite_options& options);

// Is its write-ahead log there, with anything in it?
bool has_log(const std::string& path);
// The file as it is, which nobody writes: where the folder lets nobody make the files that reading it would take.
bool must_be_read_as_it_is(const std::string& path);

[[noreturn]] void refuse_unreadable_log(const std::string& path, const std::string& why);

// An empty one. Throws where there is anything by that name, or no folder for it.
void make_new_file(const std::string& path);
void remove_file(const std::string& path) noexcept;

[[noreturn]] void refuse_foreign(const std::string& path, std::int64_t found_application_id);
[[noreturn]] void refuse_newer(const std::string& path, const std::string& found, const std::string& allowed);

}  // namespace tocsin::inline v1::sqlite
