#include "sqlite_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "sqlite_connection.hpp"

namespace tocsin::inline v1::sqlite {
namespace {

namespace fs = std::filesystem;

fs::path native(const std::string& path) {
  return {reinterpret_cast<const char8_t*>(path.data()), reinterpret_cast<const char8_t*>(path.data() + path.size())};
}

std::uintmax_t size_of(const fs::path& file) {
  std::error_code ignored;
  const std::uintmax_t size = fs::file_size(file, ignored);
  return ignored ? 0 : size;
}

// The first bytes of an SQLite file (www.sqlite.org/fileformat2.html, 1.3).
class file_header {
 public:
  static constexpr std::size_t size = 100;

  bool read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    in.read(bytes_.data(), size);
    got_ = static_cast<std::size_t>(in.gcount());
    return in.is_open();
  }

  bool is_sqlite() const {
    constexpr std::string_view magic("SQLite format 3\0", 16);
    return got_ == size && std::string_view(bytes_.data(), magic.size()) == magic;
  }
  // That SQLite could make something of the rest: formats, fixed numbers, UTF-8.
  bool is_sound() const {
    const auto is_format = [](std::uint64_t format) { return format == 1 || format == 2; };
    return is_format(big_endian(18, 1)) && is_format(big_endian(19, 1)) && big_endian(20, 4) == 0x00402020 &&
           big_endian(44, 4) == 4 && big_endian(56, 4) == 1;
  }
  bool uses_log() const { return big_endian(18, 1) == 2; }
  // All but one byte of the number is ours: damage, and no other program's.
  bool is_nearly_ours() const {
    const auto differing = static_cast<std::uint32_t>(application() ^ application_id);
    int bytes = 0;
    for (unsigned shift = 0; shift < 32; shift += 8) bytes += (differing >> shift & 0xff) != 0 ? 1 : 0;
    return bytes <= 1;
  }
  std::uint64_t page_size() const { return big_endian(16, 2) == 1 ? 65'536 : big_endian(16, 2); }
  std::uint64_t page_count() const { return big_endian(24, 4) == big_endian(92, 4) ? big_endian(28, 4) : 0; }
  std::int64_t application() const { return static_cast<std::int32_t>(big_endian(68, 4)); }

 private:
  std::uint64_t big_endian(std::size_t at, std::size_t count) const {
    std::uint64_t value = 0;
    for (std::size_t i = at; i < at + count; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes_[i]);
    return value;
  }

  std::array<char, size> bytes_{};
  std::size_t got_ = 0;
};

void demand_folder(const std::string& path) {
  const fs::path folder = native(path).parent_path();
  std::error_code ignored;
  if (fs::is_directory(folder, ignored)) return;
  throw file_error(status::not_found, "store.no_folder", path, "its folder does not exist",
                   "no folder " + folder.string(), "an existing folder");
}

void demand_whole(const std::string& path, const file_header& header) {
  const std::uint64_t expected = header.page_count() * header.page_size();
  const std::uint64_t found = size_of(native(path));
  if (found >= expected) return;
  throw file_error(status::corrupt, "store.truncated", path,
                   "it is cut off: " + std::to_string(found) + " of " + std::to_string(expected) + " bytes are there",
                   std::to_string(found), std::to_string(expected));
}

// Commits may have been in the log alone when the file was left. It is asked as it is: SQLite would make a log anew.
void demand_log(const std::string& path, const file_header& header) {
  if (!header.uses_log() || fs::exists(native(path + "-wal"))) return;  // a backup uses none yet
  std::int64_t left_with_log = 0;
  try {
    const connection as_it_is(path, access::read_as_it_is);
    left_with_log = as_it_is.ask("SELECT value FROM meta WHERE key = 'log'");
  } catch (const error&) {
    return;  // opening it says what is wrong with it
  }
  if (left_with_log != 1 || fs::exists(native(path + "-wal"))) return;
  throw file_error(status::corrupt, "store.log_missing", path,
                   "its write-ahead log is missing: the file was in use when it was left or copied, and commits may "
                   "stand in " +
                       path + "-wal alone; copy both, or make a backup of the open desk",
                   "no " + path + "-wal", "the file with its log");
}

std::string hexadecimal(std::int64_t value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "0x%08x", static_cast<unsigned>(value));
  return text.data();
}

}  // namespace

std::string absolute_path(const std::string& path) {
  if (path.empty() || path.find('\0') != std::string::npos) {
    throw error(status::invalid_argument, "store.path", "the path of a store is empty or holds a zero byte");
  }
  const fs::path from_root = fs::absolute(native(path));
  std::error_code failed;
  fs::path resolved = fs::weakly_canonical(from_root, failed);
  if (failed) resolved = from_root;
  const std::u8string text = resolved.u8string();
  return {text.begin(), text.end()};
}

void refuse_foreign(const std::string& path, std::int64_t found_application_id) {
  const std::string found = "application_id " + hexadecimal(found_application_id);
  const std::string allowed = "application_id " + hexadecimal(application_id);
  throw file_error(status::unsupported, "store.foreign", path,
                   "it is an SQLite file of another program: found " + found + ", allowed " + allowed, found, allowed);
}

void refuse_newer(const std::string& path, const std::string& found, const std::string& allowed) {
  throw file_error(status::unsupported, "store.newer", path,
                   "it was written by a newer library: found " + found + ", allowed " + allowed, found, allowed);
}

bool has_log(const std::string& path) { return size_of(native(path + "-wal")) > 0; }

bool must_be_read_as_it_is(const std::string& path) {
  const std::string folder = native(path).parent_path().string();
  return !has_log(path) && ::access(folder.c_str(), W_OK) != 0;
}

void refuse_unreadable_log(const std::string& path, const std::string& why) {
  throw file_error(status::io, "store.log_unreadable", path,
                   "its write-ahead log holds commits, and reading them takes " + path +
                       "-shm beside it; open it where that can be made, or copy the file and its log there (" + why +
                       ")",
                   why);
}

void make_new_file(const std::string& path) {
  demand_folder(path);
  const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (made >= 0) return void(::close(made));
  const int cause = errno;
  if (cause == EEXIST) {
    throw file_error(status::already_exists, "store.exists", path, "there is something by that name already",
                     "something by that name", "the name of a new file");
  }
  const std::string why = std::system_category().message(cause);
  throw file_error(status::io, "store.not_writable", path, "it cannot be made: " + why, why);
}

void remove_file(const std::string& path) noexcept { ::unlink(path.c_str()); }

void inspect_file(const std::string& path, const sqlite_options& options) {
  demand_folder(path);
  const fs::path file = native(path);
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) {
    throw file_error(status::io, "store.io", path, "it is a folder", "a folder", "a file");
  }
  if (size_of(file) == 0) {
    if (!options.must_exist && !options.read_only) return;
    const std::string found = fs::exists(file, ignored) ? "an empty file" : "no file";
    throw file_error(status::not_found, "store.not_found", path, "there is no desk: found " + found, found, "a desk");
  }
  file_header header;
  if (!header.read(file)) throw file_error(status::io, "store.io", path, "it cannot be read");
  if (size_of(native(path + "-journal")) > 0) return;  // a desk that was being made: SQLite takes that back first
  if (!header.is_sqlite()) {
    throw file_error(status::corrupt, "store.not_sqlite", path, "it is no SQLite file", "another format", "a desk");
  }
  if (header.application() != application_id && !header.is_nearly_ours()) refuse_foreign(path, header.application());
  if (header.application() != application_id || !header.is_sound()) {
    throw file_error(status::corrupt, "store.damaged", path, "its header is damaged");
  }
  // While a write-ahead log is there, the file alone may be shorter than it says.
  if (!has_log(path)) demand_whole(path, header);
  demand_log(path, header);
}

}  // namespace tocsin::inline v1::sqlite
