# An overlay port: it builds the tree that it stands in.
#   vcpkg install tocsin[core,shell] --overlay-ports=packaging/vcpkg
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

string(COMPARE EQUAL "${VCPKG_LIBRARY_LINKAGE}" "dynamic" TOCSIN_SHARED)
vcpkg_check_features(OUT_FEATURE_OPTIONS FEATURE_OPTIONS
  FEATURES
    core TOCSIN_INSTALL_CORE
    shell TOCSIN_SHELL)

vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS
    ${FEATURE_OPTIONS}
    -DTOCSIN_SHARED=${TOCSIN_SHARED}
    -DTOCSIN_DEVELOPER=OFF
    -DTOCSIN_INSTALL=ON)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/tocsin)
vcpkg_fixup_pkgconfig()

if("shell" IN_LIST FEATURES)
  vcpkg_copy_tools(TOOL_NAMES tocsin AUTO_CLEAN)
endif()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
file(REMOVE "${CURRENT_PACKAGES_DIR}/share/tocsin/LICENSE")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
