/* The library that runs is the one whose header was read. */
#include <stdio.h>
#include <tocsin.h>

int main(void) {
  const char* version = tocsin_version();
  printf("tocsin %s, ABI %u, from C\n", version, (unsigned)TOCSIN_ABI_VERSION);
  return version[0] == '\0';
}
