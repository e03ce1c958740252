// Slices are added before anything else: so these tests have a program of their own.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "examples/own_slice/loan.hpp"

int main(int argc, char** argv) {
  const tocsin::slice* const own[] = {&vendor::loan_slice};
  tocsin::use_slices(own);
  return doctest::Context(argc, argv).run();
}
