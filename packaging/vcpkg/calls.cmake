# The port without vcpkg: its portfile is run with stand-ins that do what vcpkg's helpers do of it, one configuration, and a
# project outside uses what came of it.
#   cmake -DWORK=FOLDER -P packaging/vcpkg/calls.cmake
# What it cannot show: the versions that vcpkg has of the dependencies, its toolchain, and the checks that it makes itself.
cmake_minimum_required(VERSION 3.25)
if(NOT WORK)
  message(FATAL_ERROR "-DWORK=FOLDER is missing")
endif()
get_filename_component(WORK "${WORK}" ABSOLUTE)

set(FEATURES core shell)
set(VCPKG_LIBRARY_LINKAGE dynamic)
set(CURRENT_PACKAGES_DIR ${WORK}/packages/tocsin)
set(built ${WORK}/build)
file(REMOVE_RECURSE ${CURRENT_PACKAGES_DIR})

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(demand_file)
  foreach(file IN LISTS ARGN)
    if(NOT EXISTS ${CURRENT_PACKAGES_DIR}/${file})
      message(FATAL_ERROR "the package has no ${file}")
    endif()
  endforeach()
endfunction()

function(vcpkg_check_features)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "OUT_FEATURE_OPTIONS" "FEATURES")
  set(options)
  while(arg_FEATURES)
    list(POP_FRONT arg_FEATURES feature option)
    if(feature IN_LIST FEATURES)
      list(APPEND options -D${option}=ON)
    else()
      list(APPEND options -D${option}=OFF)
    endif()
  endwhile()
  set(${arg_OUT_FEATURE_OPTIONS} ${options} PARENT_SCOPE)
endfunction()

function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "SOURCE_PATH" "OPTIONS")
  run(${CMAKE_COMMAND} -S ${arg_SOURCE_PATH} -B ${built} -G Ninja -DCMAKE_BUILD_TYPE=Release
    "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG" -DCMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR}
    -DCMAKE_INSTALL_LIBDIR=lib ${arg_OPTIONS})
endfunction()

function(vcpkg_cmake_install)
  run(${CMAKE_COMMAND} --build ${built} -j2)
  run(${CMAKE_COMMAND} --install ${built})
endfunction()

# Moves the package files to share/<port>, one folder nearer to the prefix, and mends the way back to it.
function(vcpkg_cmake_config_fixup)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "CONFIG_PATH" "")
  demand_file(${arg_CONFIG_PATH}/tocsinConfig.cmake)
  file(GLOB files ${CURRENT_PACKAGES_DIR}/${arg_CONFIG_PATH}/*.cmake)
  file(MAKE_DIRECTORY ${CURRENT_PACKAGES_DIR}/share/tocsin)
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    string(REPLACE "\${CMAKE_CURRENT_LIST_DIR}/../../../" "\${CMAKE_CURRENT_LIST_DIR}/../../" text "${text}")
    string(REGEX REPLACE
      "(get_filename_component\\(_IMPORT_PREFIX \"\\\${_IMPORT_PREFIX}\" PATH\\)\n)get_filename_component\\(_IMPORT_PREFIX \"\\\${_IMPORT_PREFIX}\" PATH\\)\n"
      "\\1" text "${text}")
    file(WRITE ${CURRENT_PACKAGES_DIR}/share/tocsin/${name} "${text}")
  endforeach()
  file(REMOVE_RECURSE ${CURRENT_PACKAGES_DIR}/${arg_CONFIG_PATH})
endfunction()

function(vcpkg_fixup_pkgconfig)
  demand_file(lib/pkgconfig/tocsin.pc)
endfunction()

function(vcpkg_copy_tools)
  cmake_parse_arguments(PARSE_ARGV 0 arg "AUTO_CLEAN" "" "TOOL_NAMES")
  foreach(tool IN LISTS arg_TOOL_NAMES)
    demand_file(bin/${tool})
    file(COPY ${CURRENT_PACKAGES_DIR}/bin/${tool} DESTINATION ${CURRENT_PACKAGES_DIR}/tools/tocsin)
  endforeach()
  file(REMOVE_RECURSE ${CURRENT_PACKAGES_DIR}/bin)
endfunction()

function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "FILE_LIST")
  file(COPY_FILE ${arg_FILE_LIST} ${CURRENT_PACKAGES_DIR}/share/tocsin/copyright)
endfunction()

include(${CMAKE_CURRENT_LIST_DIR}/tocsin/portfile.cmake)

file(READ ${CMAKE_CURRENT_LIST_DIR}/tocsin/vcpkg.json manifest)
string(JSON version GET "${manifest}" version)
file(READ ${SOURCE_PATH}/CMakeLists.txt project)
if(NOT project MATCHES "project\\(tocsin VERSION ${version} ")
  message(FATAL_ERROR "vcpkg.json says ${version}, CMakeLists.txt another version")
endif()
demand_file(include/tocsin.h include/tocsin/desk/desk.hpp share/tocsin/copyright share/tocsin/tocsinConfig.cmake tools/tocsin/tocsin)
foreach(project cmake cmake_c_only cmake_core)
  set(folder ${WORK}/${project})
  file(REMOVE_RECURSE ${folder})
  run(${CMAKE_COMMAND} -S ${SOURCE_PATH}/tests/consume/${project} -B ${folder} -G Ninja -DCMAKE_BUILD_TYPE=Release
    -Dtocsin_DIR=${CURRENT_PACKAGES_DIR}/share/tocsin)
  run(${CMAKE_COMMAND} --build ${folder})
  run(${CMAKE_CTEST_COMMAND} --test-dir ${folder} --output-on-failure --no-tests=error)
endforeach()
