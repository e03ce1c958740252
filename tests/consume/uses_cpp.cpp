// The C++ wrapper and the core's values from an installation.
#include <tocsin.h>

#include <iostream>
#include <string>
#include <tocsin.hpp>

int main() {
  const std::string version = tocsin_version();
  std::cout << "tocsin " << version << ", ABI " << TOCSIN_ABI_VERSION << ", from C++\n";
  return version.empty() ? 1 : 0;
}
