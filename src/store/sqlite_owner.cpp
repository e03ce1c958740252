#include "sqlite_owner.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sqlite_connection.hpp"

namespace tocsin::inline v1::sqlite {
namespace {

std::string owner_file(const std::string& path, std::int64_t number) {
  return path + "-owner-" + std::to_string(number);
}

int open_again_if_interrupted(const std::string& file, int flags) {
  int descriptor;
  do {
    descriptor = ::open(file.c_str(), flags | O_CLOEXEC, 0666);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

bool lock(int descriptor, int operation) {
  int answer;
  do {
    answer = ::flock(descriptor, operation | LOCK_NB);
  } while (answer != 0 && errno == EINTR);
  return answer == 0;
}

[[noreturn]] void fail(const std::string& file, const char* what, int cause) {
  const std::string why = std::system_category().message(cause);
  const bool is_full = cause == ENOSPC || cause == EDQUOT;
  throw file_error(is_full ? status::resource_exhausted : status::io, is_full ? "store.full" : "store.not_writable",
                   file, std::string("it cannot be ") + what + ", so nobody could tell who owns the desk: " + why, why);
}

}  // namespace

owner_lock::owner_lock(const std::string& path, std::int64_t number)
    : file_(owner_file(path, number)),
      number_(number),
      descriptor_(open_again_if_interrupted(file_, O_RDWR | O_CREAT)) {
  if (descriptor_ < 0) fail(file_, "made", errno);
  if (lock(descriptor_, LOCK_EX)) return;
  const int cause = errno;
  ::close(descriptor_);
  if (cause == EWOULDBLOCK) refuse_in_use(path, number);
  fail(file_, "locked", cause);
}

owner_lock::~owner_lock() {
  if (descriptor_ < 0) return;
  ::unlink(file_.c_str());  // first, so that nobody finds it without its lock
  ::close(descriptor_);
}

bool owner_lock::is_in_doubt() const noexcept {
  struct stat found{};
  return ::fstat(descriptor_, &found) != 0 || found.st_nlink == 0;
}

void owner_lock::swap(owner_lock& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(number_, other.number_);
  std::swap(descriptor_, other.descriptor_);
}

void refuse_in_use(const std::string& path, std::int64_t number) {
  throw file_error(status::busy, "store.in_use", path,
                   "it is open for writing elsewhere, by owner " + std::to_string(number) +
                       "; close that one, open it read_only, or take it over",
                   "owner " + std::to_string(number));
}

bool is_owner_alive(const std::string& path, std::int64_t number) {
  const std::string file = owner_file(path, number);
  const int descriptor = open_again_if_interrupted(file, O_RDONLY);
  if (descriptor < 0) {
    if (errno == ENOENT) return false;
    fail(file, "opened", errno);
  }
  const bool is_free = lock(descriptor, LOCK_SH);
  const int cause = errno;
  ::close(descriptor);
  if (!is_free && cause != EWOULDBLOCK) fail(file, "locked", cause);
  return !is_free;
}

void remove_owner_file(const std::string& path, std::int64_t number) noexcept {
  try {
    ::unlink(owner_file(path, number).c_str());
  } catch (const std::exception&) {
    // It stays behind; nothing depends on it.
  }
}

}  // namespace tocsin::inline v1::sqlite
