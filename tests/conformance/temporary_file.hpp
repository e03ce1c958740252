// A place for a desk file that is gone afterwards, with what lay beside it.
#pragma once

#include <filesystem>
#include <random>
#include <string>
#include <system_error>

namespace conformance {

class temporary_file {
 public:
  temporary_file() {
    std::random_device random;
    folder_ =
        std::filesystem::temp_directory_path() / ("tocsin-test-" + std::to_string(random()) + std::to_string(random()));
    std::filesystem::create_directory(folder_);
  }
  temporary_file(const temporary_file&) = delete;
  temporary_file& operator=(const temporary_file&) = delete;
  ~temporary_file() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string path() const { return (folder_ / "desk.tocsin").string(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace conformance
