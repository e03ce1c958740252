// The mark of the process that writes a file: a lock on a side file that bears the owner's number.
#pragma once

#include <cstdint>
#include <string>

namespace tocsin::inline v1::sqlite {

// Owner n of a file holds a lock on "<path>-owner-<n>" from before its number is stored until it goes; the kernel drops
// the lock of a process that dies. So whoever reads number n in the file can tell whether that owner is alive, and an
// owner that was fenced, but lives on, is not taken for its successor.
class owner_lock {
 public:
  owner_lock() = default;
  owner_lock(const std::string& path, std::int64_t number);  // takes it, or throws
  ~owner_lock();
  owner_lock(owner_lock&& other) noexcept { swap(other); }
  owner_lock& operator=(owner_lock&& other) noexcept {
    swap(other);
    return *this;
  }

  std::int64_t number() const { return number_; }
  // Whoever takes a file over removes the side file of the owner before.
  bool is_in_doubt() const noexcept;

 private:
  void swap(owner_lock& other) noexcept;

  std::string file_;
  std::int64_t number_ = 0;
  int descriptor_ = -1;
};

[[noreturn]] void refuse_in_use(const std::string& path, std::int64_t number);
bool is_owner_alive(const std::string& path, std::int64_t number);
void remove_owner_file(const std::string& path, std::int64_t number) noexcept;  // of an owner that is gone

}  // namespace tocsin::inline v1::sqlite
