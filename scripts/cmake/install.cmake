# What `cmake --install` puts where, and how it is found again from wherever it was moved to.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tocsin)

install(DIRECTORY capi/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
install(DIRECTORY capi/schema/ DESTINATION ${CMAKE_INSTALL_DATADIR}/tocsin/schema FILES_MATCHING PATTERN "*.json")
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md")
install(DIRECTORY examples/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
  FILES_MATCHING PATTERN "*.c" PATTERN "*.cpp" PATTERN "*.json" PATTERN "*.jsonl" PATTERN "*.sh" PATTERN "README.md")
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/tocsin)

install(TARGETS tocsin EXPORT tocsin)
if(TOCSIN_INSTALL_CORE)
  install(DIRECTORY include/tocsin DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
  install(TARGETS tocsin_core EXPORT tocsin)
endif()
if(TARGET tocsin_shell)
  install(TARGETS tocsin_shell)
endif()

install(EXPORT tocsin NAMESPACE tocsin:: FILE tocsinTargets.cmake DESTINATION ${package_dir})
configure_package_config_file(scripts/cmake/tocsinConfig.cmake.in ${PROJECT_BINARY_DIR}/tocsinConfig.cmake
  INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/tocsinConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/tocsinConfig.cmake ${PROJECT_BINARY_DIR}/tocsinConfigVersion.cmake
  DESTINATION ${package_dir})

# The pkg-config file finds its prefix from where it stands.
file(RELATIVE_PATH pc_to_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" pc_to_prefix "${pc_to_prefix}")
# Debian's libutf8proc 2.8 calls itself 2.6.0, so no version of it is asked for.
set(pc_requires "sqlite3 >= 3.40, libcrypto >= 3.0, libutf8proc")
if(TOCSIN_SHARED)
  # The shared library brings what it needs; nobody who links it has to know.
  set(pc_dependencies "")
else()
  set(pc_dependencies "Requires: ${pc_requires}")
  list(TRANSFORM cxx_runtime PREPEND " -l" OUTPUT_VARIABLE pc_static_libs)
  list(JOIN pc_static_libs "" pc_static_libs)
endif()
configure_file(scripts/cmake/tocsin.pc.in ${PROJECT_BINARY_DIR}/tocsin.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/tocsin.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
